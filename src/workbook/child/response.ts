import type { Reply, SeenRequest } from "../check.ts";

/** A reply as OpenAI's protocol has it, whole or as a stream. */
export function responseOf(
  request: SeenRequest,
  reply: Reply,
  onPiece: (text: string) => void,
): Response {
  const { status = 200, headers = {}, body } = reply;
  const init = { status, headers: { "content-type": "application/json", ...headers } };
  if (body !== undefined) return new Response(body, init);
  if (status !== 200) return new Response(JSON.stringify(errorOf(status)), init);
  if (!request.isStream) return wholeResponse(request, reply, init);
  const events = eventsOf(request, reply, onPiece);
  return new Response(streamOf(events, request.signal), {
    ...init,
    headers: { ...init.headers, "content-type": "text/event-stream" },
  });
}

function wholeResponse(request: SeenRequest, reply: Reply, init: ResponseInit): Response {
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const text = await textOf(reply);
      const calls = callsOf(request, reply);
      const message = {
        role: "assistant",
        content: calls ? (text ?? null) : (text ?? ""),
        refusal: null,
        ...(calls && { tool_calls: calls }),
      };
      const choice = { index: 0, message, logprobs: null, finish_reason: finishOf(reply) };
      const usage = usageOf(request, text ?? "");
      const whole = { ...headOf(request, "chat.completion"), choices: [choice], usage };
      controller.enqueue(new TextEncoder().encode(JSON.stringify(whole)));
      controller.close();
    },
  });
  return new Response(stream, init);
}

async function* eventsOf(
  request: SeenRequest,
  reply: Reply,
  onPiece: (text: string) => void,
): AsyncGenerator<string> {
  const chunk = (delta: object, reason: string | null = null) => ({
    ...headOf(request, "chat.completion.chunk"),
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
  const line = (data: object) => `data: ${JSON.stringify(data)}\n\n`;
  yield line(chunk({ role: "assistant", content: "" }));
  for (const [index, call] of (callsOf(request, reply) ?? []).entries())
    yield line(chunk({ tool_calls: [{ index, ...call }] }));
  let text = "";
  for await (const piece of reply.pieces ?? piecesOf(reply.text ?? "")) {
    text += piece;
    onPiece(piece);
    yield line(chunk({ content: piece }));
  }
  yield line(chunk({}, finishOf(reply)));
  if (request.body.stream_options?.include_usage)
    yield line({
      ...headOf(request, "chat.completion.chunk"),
      choices: [],
      usage: usageOf(request, text),
    });
  yield "data: [DONE]\n\n";
}

/**
 * A stream that asks for the next event only when the reader wants it, and ends with the request.
 */
function streamOf(events: AsyncGenerator<string>, signal: AbortSignal) {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await events.next();
        if (signal.aborted) controller.error(signal.reason);
        else if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 0 },
  );
}

async function textOf({ text, pieces }: Reply): Promise<string | undefined> {
  if (pieces === undefined) return text;
  let joined = "";
  for await (const piece of pieces) joined += piece;
  return joined;
}

function callsOf({ place }: SeenRequest, { calls }: Reply) {
  return calls?.map(({ name, arguments: given, id }, at) => ({
    id: id ?? `call_${place}_${at + 1}`,
    type: "function",
    function: { name, arguments: typeof given === "string" ? given : JSON.stringify(given) },
  }));
}

const piecesOf = (text: string) => text.match(/\s*\S+|\s+/g) ?? [];

const finishOf = ({ finish, calls }: Reply) => finish ?? (calls ? "tool_calls" : "stop");

const headOf = ({ place, model }: SeenRequest, object: string) => ({
  id: `chatcmpl-${place}`,
  object,
  created: 0,
  model,
});

/** About four characters make a token: no check may need it more exactly. */
function usageOf({ prompt }: SeenRequest, text: string) {
  const [input, output] = [prompt, text].map(({ length }) => Math.ceil(length / 4));
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: (input ?? 0) + (output ?? 0),
  };
}

function errorOf(status: number) {
  const message = MESSAGES[status] ?? `The endpoint answers with status ${status}.`;
  return { error: { message, type: "error", param: null, code: null } };
}

const MESSAGES: Record<number, string> = {
  401: "Incorrect API key provided.",
  429: "Rate limit reached for requests.",
  500: "The server had an error while processing your request.",
};
