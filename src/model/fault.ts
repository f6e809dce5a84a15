import { eventsIn } from "./server-events.ts";
import { parseJson } from "./told.ts";

/** Ways in which real models spoil a reply that a program wants to parse. */
export const REPLY_FAULTS = [
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

/**
 * Ways in which real models call tools wrongly: four in the first reply of a conversation, two
 * after a tool's result.
 */
export const CALL_FAULTS = [
  "wrong-type",
  "missing-argument",
  "unknown-tool",
  "broken-arguments",
  "calls-again",
  "obeys-result",
] as const;

export const FAULTS = [...REPLY_FAULTS, ...CALL_FAULTS] as const;

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
    const asked = typeof init?.body === "string" ? JSON.parse(init.body) : {};
    const spoilt = type.includes("text/event-stream")
      ? spoilStream(text, fault, asked)
      : spoilWhole(text, fault, asked);
    return new Response(spoilt, { status: response.status, headers: { "content-type": type } });
  };
}

interface WireCall {
  id?: string;
  index?: number;
  type?: string;
  function: { name: string; arguments: string };
}

interface WireReply {
  content?: string | null;
  tool_calls?: WireCall[];
}

interface WireRequest {
  messages?: { role: string; content?: unknown; tool_calls?: WireCall[] }[];
  tools?: { function?: { name?: string } }[];
}

function spoilWhole(text: string, fault: Fault, asked: WireRequest): string {
  const body = JSON.parse(text);
  const choice = body.choices?.[0];
  if (choice?.message) {
    spoilReply(choice.message, fault, asked);
    if (choice.message.tool_calls) choice.finish_reason = "tool_calls";
  }
  return JSON.stringify(body);
}

/** The same stream with all of the reply in the first piece that has any. */
function spoilStream(text: string, fault: Fault, asked: WireRequest): string {
  const chunks = eventsIn(text)
    .filter((data) => data.startsWith("{"))
    .map((data) => JSON.parse(data));
  const deltaOf = (chunk: { choices?: { delta?: WireReply }[] }) => chunk.choices?.[0]?.delta ?? {};
  const isPiece = (delta: WireReply) => Boolean(delta.content) || delta.tool_calls !== undefined;
  const whole: WireReply = {};
  for (const { content, tool_calls: calls = [] } of chunks.map(deltaOf)) {
    if (content) whole.content = `${whole.content ?? ""}${content}`;
    for (const call of calls) addPiece(whole, call);
  }
  spoilReply(whole, fault, asked);
  const first = chunks.find((chunk) => isPiece(deltaOf(chunk)));
  const kept = chunks.filter((chunk) => chunk === first || !isPiece(deltaOf(chunk)));
  if (first) {
    const { content: _, tool_calls: __, ...rest } = deltaOf(first);
    const indexed = whole.tool_calls?.map((call, index) => ({ ...call, index }));
    const { content } = whole;
    first.choices[0].delta = { ...rest, content, ...(indexed && { tool_calls: indexed }) };
    const last = kept.find((chunk) => chunk.choices?.[0]?.finish_reason);
    if (last && indexed) last.choices[0].finish_reason = "tool_calls";
  }
  return [...kept.map((chunk) => JSON.stringify(chunk)), "[DONE]"]
    .map((data) => `data: ${data}\n\n`)
    .join("");
}

/** The first piece of a call has its id and name, the others more of its arguments. */
function addPiece(whole: WireReply, piece: WireCall): void {
  whole.tool_calls ??= [];
  const at = piece.index ?? 0;
  const call = whole.tool_calls[at];
  if (call) call.function.arguments += piece.function.arguments;
  else whole.tool_calls[at] = { ...piece, function: { ...piece.function } };
}

function spoilReply(reply: WireReply, fault: Fault, asked: WireRequest): void {
  if (typeof reply.content === "string") reply.content = spoilText(reply.content, fault);
  const messages = asked.messages ?? [];
  const calls = messages.at(-1)?.role === "tool" ? callsAfter(messages, fault, asked) : undefined;
  if (calls) {
    reply.tool_calls = calls;
    reply.content = null;
  } else if (reply.tool_calls && messages.filter(({ role }) => role !== "system").length === 1) {
    // Of several calls the last is spoilt; a model that has read what was wrong mends it.
    const last = reply.tool_calls.length - 1;
    reply.tool_calls = reply.tool_calls.map((call, at) =>
      at === last ? spoilCall(call, fault) : call,
    );
  }
}

/** The calls that a misled model makes when it has read results; undefined for the honest reply. */
function callsAfter(
  messages: NonNullable<WireRequest["messages"]>,
  fault: Fault,
  { tools = [] }: WireRequest,
): WireCall[] | undefined {
  const made = messages.flatMap(({ tool_calls: calls = [] }) => calls);
  const numbered = (call: WireCall) => ({ ...call, id: `call_again_${made.length + 1}` });
  if (fault === "calls-again") return made.slice(-1).map(numbered);
  if (fault !== "obeys-result") return undefined;
  // An order that is written as a call of a tool that the model has.
  const read = messages.filter(({ role }) => role === "tool").map(({ content }) => `${content}`);
  for (const [, name = "", given = ""] of read.join("\n").matchAll(/\b(\w+)\((\{[^{}]*\})\)/g)) {
    const isThere = tools.some((tool) => tool.function?.name === name);
    const isDone = made.some((call) => call.function.name === name);
    if (isThere && !isDone)
      return [numbered({ type: "function", function: { name, arguments: given } })];
  }
  return undefined;
}

function spoilCall(call: WireCall, fault: Fault): WireCall {
  const { name, arguments: given } = call.function;
  const spoilt = (changed: object) => ({ ...call, function: { ...call.function, ...changed } });
  if (fault === "unknown-tool") return spoilt({ name: `${name}_now` });
  if (fault === "broken-arguments") return spoilt({ arguments: given.replace('":', ":") });
  if (fault !== "wrong-type" && fault !== "missing-argument") return call;
  // A model whose tokens ran out writes the half of its arguments.
  const values = Object.entries(parseJson(given) ?? {});
  const at = Math.max(
    values.findIndex(([, value]) => typeof value === "number"),
    0,
  );
  const changed = values.flatMap(([key, value], place) => {
    if (place !== at) return [[key, value]];
    if (fault === "missing-argument") return [];
    return [[key, typeof value === "number" ? `about ${value}` : [value]]];
  });
  return spoilt({ arguments: JSON.stringify(Object.fromEntries(changed)) });
}

function spoilText(reply: string, fault: Fault): string {
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
    default:
      return reply;
  }
}
