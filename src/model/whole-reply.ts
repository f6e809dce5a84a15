import { filtered, parseJson, type RequestFacts, strangeReply } from "./failures.ts";

/**
 * Checks a reply that came whole: JSON, with what was asked for in it, and no whole where a stream
 * was asked for.
 *
 * @throws EndpointFailure for a reply that LangChain would stumble over
 */
export function checkWhole(text: string, kind: string, facts: RequestFacts): void {
  if (/^\s*</.test(text)) throw strangeReply("with a web page", facts);
  if (text.trim() === "") throw strangeReply("with nothing", facts);
  const reply = parseJson(text) as Reply | null | undefined;
  if (reply === undefined) throw strangeReply("with text that is not JSON", facts);
  const { asked } = facts;
  if ("messages" in asked || "prompt" in asked) checkCompletion(reply, kind, facts);
  else if (facts.path.endsWith("/embeddings")) checkVectors(reply, facts);
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

function checkVectors(reply: Reply | null, facts: RequestFacts): void {
  const { input } = facts.asked;
  const wanted = Array.isArray(input) ? input.length : 1;
  const vectors = Array.isArray(reply?.data) ? reply.data : [];
  const isVector = (item: { embedding?: unknown } | null) =>
    (Array.isArray(item?.embedding) || typeof item?.embedding === "string") &&
    item.embedding.length > 0;
  if (vectors.length !== wanted || !vectors.every(isVector))
    throw strangeReply("without the vectors that were asked for", facts);
}
