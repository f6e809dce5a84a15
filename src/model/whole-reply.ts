import { type RequestFacts, strangeReply } from "./failures.ts";
import type { ToolCall } from "./message-parts.ts";
import { errorInside } from "./refusals.ts";
import { type Chunk, ReplyReader } from "./reply-reader.ts";
import { type Fields, isError, isFields, isPage, parseJson, tidy, titleOf } from "./told.ts";
import { orderVectors } from "./vectors.ts";

/**
 * The pieces of a completion that came whole, as OpenAI would have sent them in a stream.
 *
 * @throws EndpointFailure for a reply that LangChain would stumble over
 */
export async function* chunksOfWhole(text: string, facts: RequestFacts): AsyncGenerator<Chunk> {
  const replies = await repliesIn(text, facts);
  const reader = new ReplyReader(facts, true);
  for (const reply of replies) {
    const chunk = reader.read(reply);
    if (chunk) yield chunk;
  }
  yield* reader.end();
}

/**
 * A reply that is not a completion, as LangChain is given it: vectors in the order of their texts.
 */
export async function checkedBody(text: string, facts: RequestFacts): Promise<string> {
  if (!facts.path.endsWith("/embeddings")) {
    await jsonIn(text, facts);
    return text;
  }
  // Python writes numbers that are none in a way that JSON does not have.
  const odd = /[[,:]\s*(-?(?:NaN|Infinity))\b/.exec(text)?.[1];
  if (odd && parseJson(text) === undefined)
    throw strangeReply(`with ${odd} among the numbers of a vector`, facts);
  const reply = await jsonIn(text, facts);
  const found = isFields(reply) ? reply : null;
  return JSON.stringify({ ...found, data: orderVectors(found, facts.asked, facts) });
}

/** One whole reply out of its pieces, for a client that asked for a whole. */
export async function wholeOf(chunks: AsyncGenerator<Chunk>, isChat: boolean): Promise<Fields> {
  const choices = new Map<number, Fields>();
  let about: Fields = {};
  let usage: unknown;
  for await (const { choices: pieces, usage: told, ...rest } of chunks) {
    about = rest;
    usage = told ?? usage;
    for (const piece of pieces) {
      const index = Number(piece.index);
      const before = choices.get(index) ?? {};
      choices.set(index, isChat ? joinedMessage(before, piece) : joinedText(before, piece));
    }
  }
  const object = isChat ? "chat.completion" : "text_completion";
  return {
    ...about,
    object,
    choices: [...choices.values()],
    ...(usage !== undefined && { usage }),
  };
}

function joinedText(before: Fields, { text, logprobs, ...piece }: Fields): Fields {
  const kept = logprobs ?? before.logprobs;
  return {
    ...piece,
    text: `${before.text ?? ""}${text}`,
    ...(kept !== undefined && { logprobs: kept }),
  };
}

interface Message extends Fields {
  content?: string;
  reasoning_content?: string;
  tool_calls?: ToolCall[];
}

function joinedMessage(before: Fields, { delta, logprobs, ...piece }: Fields): Fields {
  const old = (before.message ?? {}) as Message;
  const said = delta as Message;
  const thought = `${old.reasoning_content ?? ""}${said.reasoning_content ?? ""}`;
  const calls = joinedCalls(old.tool_calls ?? [], said.tool_calls ?? []);
  const content = `${old.content ?? ""}${said.content ?? ""}`;
  const kept = logprobs ?? before.logprobs;
  const message = {
    role: "assistant",
    content,
    ...(piece.finish_reason === "refusal" && { refusal: content }),
    ...(thought !== "" && { reasoning_content: thought }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return { ...piece, message, ...(kept !== undefined && { logprobs: kept }) };
}

function joinedCalls(before: ToolCall[], pieces: ToolCall[]): ToolCall[] {
  const calls = [...before];
  for (const piece of pieces) {
    const at = calls.findIndex(({ index }) => index === piece.index);
    const old = calls[at];
    if (!old) calls.push(piece);
    else
      calls[at] = {
        ...old,
        function: {
          ...old.function,
          ...piece.function,
          arguments: old.function.arguments + piece.function.arguments,
        },
      };
  }
  return calls;
}

/** The completion in a text, or the pieces of one where each line is JSON. */
async function repliesIn(text: string, facts: RequestFacts): Promise<Fields[]> {
  const lines = parseJson(text) === undefined ? linesIn(text) : [];
  const [failed] = lines.filter(isError);
  if (failed) throw await errorInside(failed, JSON.stringify(failed), facts);
  if (lines.length > 0) return lines;
  const reply = await jsonIn(text, facts);
  if (!isFields(reply) || !Array.isArray(reply.choices) || reply.choices.length === 0) {
    const isBare = JSON.stringify(reply).length < 3;
    throw strangeReply(`without a reply in it${isBare ? "" : `: ${tidy(text, facts.key)}`}`, facts);
  }
  return [reply];
}

/** A stream as some servers send it: a JSON a line. */
function linesIn(text: string): Fields[] {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:\[done\])?\s*$/i.test(line));
  const values = lines.map((line) => parseJson(line));
  return lines.length > 1 && values.every(isFields) ? (values as Fields[]) : [];
}

async function jsonIn(text: string, facts: RequestFacts): Promise<unknown> {
  const { key } = facts;
  if (text.trim() === "") throw strangeReply("with nothing", facts);
  if (isPage(text)) throw strangeReply(`with a web page: ${tidy(titleOf(text), key)}`, facts);
  const reply = parseJson(text);
  if (reply === undefined)
    throw strangeReply(`with text that is not JSON: ${tidy(text, key)}`, facts);
  if (isError(reply)) throw await errorInside(reply, text, facts);
  return reply;
}
