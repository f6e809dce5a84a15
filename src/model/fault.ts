import { eventsIn } from "./server-events.ts";

/** Ways in which real models spoil a reply that a program wants to parse. */
export const FAULTS = [
  "none",
  "unfenced-json",
  "trailing-comma",
  "comment",
  "string-inputs",
  "invented-destination",
  "prototype-destination",
  "half-stream",
  "empty-reply",
] as const;

export type Fault = (typeof FAULTS)[number];

/**
 * A wire on which honest replies are spoilt in one way, as LangChain will receive them.
 * Whole replies and streams are spoilt alike; a spoilt stream comes in one piece.
 */
export function faultyWire(wire: typeof fetch, fault: Fault): typeof fetch {
  if (fault === "none") return wire;
  return async (input, init) => {
    const response = await wire(input, init);
    if (!response.ok) return response;
    const type = response.headers.get("content-type") ?? "";
    const text = await response.text();
    const spoilt = type.includes("text/event-stream")
      ? spoilStream(text, fault)
      : spoilWhole(text, fault);
    return new Response(spoilt, { status: response.status, headers: { "content-type": type } });
  };
}

function spoilWhole(text: string, fault: Fault): string {
  const body = JSON.parse(text);
  const message = body.choices?.[0]?.message;
  if (typeof message?.content === "string") message.content = spoil(message.content, fault);
  return JSON.stringify(body);
}

/** The same stream with all of the reply in the first piece that has any. */
function spoilStream(text: string, fault: Fault): string {
  const chunks = eventsIn(text)
    .filter((data) => data.startsWith("{"))
    .map((data) => JSON.parse(data));
  const pieceOf = (chunk: { choices?: { delta?: { content?: string } }[] }) =>
    chunk.choices?.[0]?.delta?.content;
  const whole = chunks.map((chunk) => pieceOf(chunk) ?? "").join("");
  const first = chunks.find((chunk) => pieceOf(chunk));
  if (first) first.choices[0].delta.content = spoil(whole, fault);
  const kept = chunks.filter((chunk) => chunk === first || !pieceOf(chunk));
  return [...kept.map((chunk) => JSON.stringify(chunk)), "[DONE]"]
    .map((data) => `data: ${data}\n\n`)
    .join("");
}

function spoil(reply: string, fault: Fault): string {
  switch (fault) {
    case "unfenced-json":
      return `Here is my choice: ${reply.replace(/```(?:json)?\n?/g, "").trim()}`;
    case "trailing-comma":
      return reply.replace(/(["\d\]}])(\s*\})/, "$1,$2");
    case "comment":
      return reply.replace(/\{\n?/, "{\n  // the best destination\n");
    case "string-inputs":
      return reply.replace(
        /("next_inputs":\s*)\{[\s\S]*?"input":\s*("(?:[^"\\]|\\.)*")\s*\}/,
        "$1$2",
      );
    case "invented-destination":
      return reply.replace(/("destination":\s*)"[^"]*"/, '$1"biology"');
    case "prototype-destination":
      return reply.replace(/("destination":\s*)"[^"]*"/, '$1"toString"');
    case "half-stream":
      return reply.slice(0, Math.floor(reply.length / 2));
    case "empty-reply":
      return "";
    case "none":
      return reply;
  }
}
