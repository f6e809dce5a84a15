import { promptTokens, tokensOf } from "./count.ts";
import { firstStop, type Reply, type Turn } from "./protocol.ts";
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
    const full = answer.slice(0, firstStop(answer, turn.stops));
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
    left = text === full ? left - tokensOf([{ name, arguments: full }], countTokens) : 0;
    calls.push({ name, arguments: text });
  }
  const isCut = calls.length < answer.length || left < 0 || (left === 0 && limit > 0);
  const reply = tokensOf(calls, countTokens);
  const finish = isCut ? "length" : "tool_calls";
  return { text: "", calls, finish, tokens: { ...tokens, reply } };
}

/** As many words as fit the limit. */
function shorten(text: string, limit: number, countTokens: (text: string) => number): string {
  if (countTokens(text) <= limit) return text;
  const words = text.match(/\s*\S+/g) ?? [];
  // Found by halving: a long text is not counted once for each word.
  let [fits, tooMany] = [0, words.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (countTokens(words.slice(0, middle).join("")) <= limit) fits = middle;
    else tooMany = middle;
  }
  return words.slice(0, fits).join("");
}
