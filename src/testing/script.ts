import type { ChatRequest } from "../offline/chat/request.ts";
import type { CompletionRequest } from "../offline/completions.ts";
import { piecesOf, type Reply as WholeReply } from "../offline/protocol.ts";
import type { ResponseRequest } from "../offline/responses/request.ts";
import type { Answer, Asked } from "./endpoint.ts";
import { failure, refusal, streamed } from "./http.ts";
import { offlineReplies } from "./offline-replies.ts";
import type { Call, ScriptedError, ScriptedJson, ScriptedReply, ScriptedText } from "./types.ts";

type Written = Exclude<ScriptedReply, (call: Call) => unknown>;
export type Script =
  | readonly ScriptedReply[]
  | ((call: Call) => ScriptedReply | Promise<ScriptedReply>);

/**
 * Replies from a script, one a call; vectors and the list of models are llm-lab's own.
 *
 * @throws Error for a script with something in it that is not a reply
 */
export function scriptedReplies(script: Script): { answer: Answer; left(): number } {
  const offline = offlineReplies();
  const replies = typeof script === "function" ? undefined : script.map(checked);
  let used = 0;
  const next = (call: Call): Promise<Written> | Written | undefined => {
    const reply = replies ? replies[used] : (script as (call: Call) => ScriptedReply);
    used += 1;
    return reply === undefined ? undefined : resolved(reply, call);
  };
  return {
    left: () => (replies ? Math.max(0, replies.length - used) : Number.POSITIVE_INFINITY),
    async answer(asked) {
      const { call } = asked;
      if (!call) return offline(asked);
      const reply = await next(call);
      if (reply === undefined) return refusal(endOf(replies?.length ?? 0, call), "script_ended");
      if (isError(reply)) return failed(reply);
      return written(asked, call, partsOf(reply));
    },
  };
}

/** What a function of the script, or of its reply, returns in the end. */
async function resolved(reply: ScriptedReply, call: Call): Promise<Written> {
  let now = reply;
  while (typeof now === "function") now = await now(call);
  return checked(now, call.number - 1) as Written;
}

const KINDS = ["text", "toolCalls", "json", "status", "disconnect"];

function checked(reply: ScriptedReply, at: number): ScriptedReply {
  const isOne =
    typeof reply === "string" ||
    typeof reply === "function" ||
    (typeof reply === "object" && reply !== null && KINDS.some((kind) => kind in reply));
  if (isOne) return reply;
  throw new Error(
    `Reply ${at + 1} of the script is not a reply. It may be a text, a function, or an object with one of ${KINDS.join(", ")}.`,
  );
}

const isError = (reply: Written): reply is ScriptedError =>
  typeof reply === "object" && ("status" in reply || "disconnect" in reply);

function failed(reply: ScriptedError): Response {
  if ("status" in reply) return failure(reply);
  const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  throw new TypeError("fetch failed", { cause });
}

function endOf(count: number, { number, messages }: Call): string {
  const asked = messages.at(-1)?.content ?? "";
  const short = asked.length > 100 ? `${asked.slice(0, 99)}…` : asked;
  const has = count === 1 ? "1 reply" : `${count} replies`;
  return `The script has ${has}, and call ${number} asks for another. Its prompt ends with: ${JSON.stringify(short)}`;
}

function partsOf(reply: string | ScriptedText | ScriptedJson): ScriptedText {
  if (typeof reply === "string") return { text: reply };
  return "json" in reply ? { text: JSON.stringify(reply.json) } : reply;
}

/** A reply as the API that was asked has it, whole or in pieces. */
async function written(
  { body, tokenizer }: Asked,
  { api, tokens }: Call,
  { text = "", toolCalls = [], finish }: ScriptedText,
): Promise<Response> {
  const calls = toolCalls.map(({ name, arguments: given = {} }) => ({
    name,
    arguments: typeof given === "string" ? given : JSON.stringify(given),
  }));
  const said = [text, ...calls.flatMap((call) => [call.name, call.arguments])];
  const reply: WholeReply = {
    text,
    calls,
    finish: (finish ?? (calls.length > 0 ? "tool_calls" : "stop")) as WholeReply["finish"],
    tokens: { prompt: tokens, reply: said.reduce((sum, one) => sum + tokenizer.count(one), 0) },
  };
  const isStream = (body as { stream?: unknown }).stream === true;
  if (api === "chat") {
    const { chunks, wholeBody } = await import("../offline/chat/body.ts");
    const request = body as ChatRequest;
    return isStream ? streamed(chunks(request, reply)) : Response.json(wholeBody(request, reply));
  }
  if (api === "responses") {
    const { responseEvents, wholeResponse } = await import("../offline/responses/body.ts");
    const request = body as ResponseRequest;
    if (!isStream) return Response.json(wholeResponse(request, reply));
    return streamed(responseEvents(request, reply), false);
  }
  const { completionChunks, wholeCompletion } = await import("../offline/completions.ts");
  const request = body as CompletionRequest;
  const continued = [{ ...reply, pieces: piecesOf(text), logprobs: null }];
  if (!isStream) return Response.json(wholeCompletion(request, continued));
  return streamed(completionChunks(request, continued));
}
