import type { Reply, Turn } from "./protocol.ts";
import { respond } from "./tutor/skills.ts";

/** The tutor's whole reply to a turn of either API, with its tokens as OpenAI counts them. */
export async function answerTurn(
  turn: Turn,
  countTokens: (text: string) => number,
): Promise<Reply> {
  const { messages, limit } = turn;
  const answer = await respond(messages, turn);
  const tokens = { prompt: promptTokens(turn, countTokens) };
  if (typeof answer === "string") {
    const full = untilStop(answer, turn.stops);
    const text = shorten(full, limit, countTokens);
    const finish = text === full ? "stop" : "length";
    return { text, calls: [], finish, tokens: { ...tokens, reply: countTokens(text) } };
  }
  const calls: Reply["calls"][number][] = [];
  let left = limit;
  for (const { name, arguments: given } of answer) {
    if (left <= 0) break;
    const full = JSON.stringify(given);
    const text = shorten(full, left, countTokens);
    left = text === full ? left - countTokens(name) - countTokens(full) : 0;
    calls.push({ name, arguments: text });
  }
  const isCut = calls.length < answer.length || left < 0 || (left === 0 && limit > 0);
  const reply = calls.reduce(
    (sum, call) => sum + countTokens(call.name) + countTokens(call.arguments),
    0,
  );
  return {
    text: "",
    calls,
    finish: isCut ? "length" : "tool_calls",
    tokens: { ...tokens, reply },
  };
}

/** OpenAI counts three tokens of wrapping for each message, and three for the start of the reply. */
export function promptTokens({ messages }: Turn, countTokens: (text: string) => number): number {
  const ofCalls = (calls: Turn["messages"][number]["calls"] = []) =>
    calls.reduce((sum, call) => sum + countTokens(call.name) + countTokens(call.arguments), 0);
  return messages.reduce(
    (sum, { role, content, calls }) =>
      sum + 3 + countTokens(role) + countTokens(content) + ofCalls(calls),
    3,
  );
}

function untilStop(text: string, stops: readonly string[]): string {
  const ends = stops.filter((stop) => stop !== "").map((stop) => text.indexOf(stop));
  const first = Math.min(...ends.filter((end) => end >= 0), text.length);
  return text.slice(0, first);
}

/** As many words as fit the limit. */
function shorten(text: string, limit: number, countTokens: (text: string) => number): string {
  if (countTokens(text) <= limit) return text;
  const words = text.match(/\s*\S+/g) ?? [];
  // Halved until they fit, and then grown word by word: a long text is not counted for each word.
  let [fits, tooMany] = [0, words.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (countTokens(words.slice(0, middle).join("")) <= limit) fits = middle;
    else tooMany = middle;
  }
  return words.slice(0, fits).join("");
}
