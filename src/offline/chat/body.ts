import { bitsOf, CREATED, idOf, piecesOf, type Reply } from "../protocol.ts";
import type { ChatRequest } from "./request.ts";

/** The body of a whole answer: the tutor says the same in each choice. */
export function wholeBody(request: ChatRequest, reply: Reply) {
  const calls = toolCallsOf(request, reply);
  const said = {
    role: "assistant",
    content: calls ? reply.text || null : reply.text,
    refusal: null,
  };
  const message = calls ? { ...said, tool_calls: calls } : said;
  return {
    ...headOf(request, "chat.completion"),
    choices: choicesOf(request).map((index) => ({
      index,
      message,
      logprobs: null,
      finish_reason: reply.finish,
    })),
    usage: usageOf(request, reply),
  };
}

/**
 * The chunks of a stream: the role, the text piece by piece, the reason for its end, and the usage
 * if it was asked for.
 */
export function* chunks(request: ChatRequest, reply: Reply) {
  const head = headOf(request, "chat.completion.chunk");
  for (const index of choicesOf(request)) {
    const chunk = (delta: object, reason: string | null = null) => ({
      ...head,
      choices: [{ index, delta, finish_reason: reason }],
    });
    yield chunk({ role: "assistant", content: "" });
    // The name comes first, and then the arguments bit by bit, as from OpenAI.
    for (const [at, call] of (toolCallsOf(request, reply) ?? []).entries()) {
      const { name, arguments: given } = call.function;
      yield chunk({ tool_calls: [{ index: at, ...call, function: { name, arguments: "" } }] });
      for (const bit of bitsOf(given))
        yield chunk({ tool_calls: [{ index: at, function: { arguments: bit } }] });
    }
    for (const piece of piecesOf(reply.text)) yield chunk({ content: piece });
    yield chunk({}, reply.finish);
  }
  if (request.stream_options?.include_usage)
    yield { ...head, choices: [], usage: usageOf(request, reply) };
}

const headOf = (request: ChatRequest, object: string) => ({
  id: idOf("chatcmpl-", request),
  object,
  created: CREATED,
  model: request.model,
});

const choicesOf = ({ n }: ChatRequest) => Array.from({ length: n ?? 1 }, (_, index) => index);

/** Calls of functions as OpenAI words them. */
function toolCallsOf(request: ChatRequest, { calls }: Reply) {
  if (calls.length === 0) return undefined;
  const id = idOf("call_", request);
  return calls.map((call, at) => ({
    id: at === 0 ? id : `${id}_${at}`,
    type: "function",
    function: call,
  }));
}

function usageOf(request: ChatRequest, { tokens }: Reply) {
  const completion = tokens.reply * (request.n ?? 1);
  return {
    prompt_tokens: tokens.prompt,
    completion_tokens: completion,
    total_tokens: tokens.prompt + completion,
  };
}
