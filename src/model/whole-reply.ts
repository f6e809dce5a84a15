import { filtered, parseJson, type RequestFacts, strangeReply } from "./failures.ts";
import { orderVectors } from "./vectors.ts";

/**
 * Checks a reply that came whole: JSON, with what was asked for in it, and no whole where a stream
 * was asked for.
 *
 * @returns the reply as LangChain is given it: vectors in the order of their texts
 * @throws EndpointFailure for a reply that LangChain would stumble over
 */
export function checkWhole(text: string, kind: string, facts: RequestFacts): string {
  if (/^\s*</.test(text)) throw strangeReply("with a web page", facts);
  if (text.trim() === "") throw strangeReply("with nothing", facts);
  const reply = parseJson(text) as Reply | null | undefined;
  const { asked } = facts;
  const isVectors = facts.path.endsWith("/embeddings");
  if (reply === undefined) {
    // Python writes numbers that are none in a way that JSON does not have.
    const odd = isVectors ? /[[,:]\s*(-?(?:NaN|Infinity))\b/.exec(text)?.[1] : undefined;
    const what = odd ? `with ${odd} among the numbers of a vector` : "with text that is not JSON";
    throw strangeReply(what, facts);
  }
  if ("messages" in asked || "prompt" in asked) checkCompletion(reply, kind, facts);
  return isVectors ? JSON.stringify({ ...reply, data: orderVectors(reply, asked, facts) }) : text;
}

interface Reply {
  choices?: unknown;
  data?: unknown;
}

interface Choice {
  finish_reason?: unknown;
  text?: unknown;
  message?: { content?: unknown; tool_calls?: unknown; refusal?: unknown };
}

function checkCompletion(reply: Reply | null, kind: string, facts: RequestFacts): void {
  if (!Array.isArray(reply?.choices) || reply.choices.length === 0)
    throw strangeReply("without a reply in it", facts);
  const [choice] = reply.choices as Choice[];
  if (choice?.finish_reason === "content_filter") throw filtered(facts);
  if (isEmpty(choice)) throw strangeReply("with an empty reply", facts);
  if (facts.asked.stream === true)
    throw strangeReply(`it does not stream (${kind || "no content type"})`, facts);
}

/** No text, no tool to call and no refusal: there is nothing in it. */
function isEmpty(choice: Choice | undefined): boolean {
  const { content, tool_calls, refusal } = choice?.message ?? {};
  return !content && !tool_calls && !refusal && !choice?.text;
}
