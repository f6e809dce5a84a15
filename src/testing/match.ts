import { commonStart } from "../xray/common-start.ts";
import { textIn } from "./read-call.ts";
import type { Call, Message, MessageLike, Sent } from "./types.ts";

/** Whether a call sent a text, a pattern, or messages in this order. @throws TypeError */
export function findMatch(call: Call, expected: Sent): boolean {
  if (typeof expected === "string") {
    if (expected === "") throw new TypeError("Every prompt contains an empty text.");
    return call.messages.some((message) => textIn(message).includes(expected));
  }
  if (expected instanceof RegExp) return search(expected, call.prompt);
  return firstMissing(call.messages, listOf(expected)) === undefined;
}

/** A pattern with the flag g or y would begin where it ended the last time. */
function search(pattern: RegExp, text: string): boolean {
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")).test(text);
}

function listOf(expected: MessageLike | readonly MessageLike[]): readonly MessageLike[] {
  const all = [expected].flat() as MessageLike[];
  const known = ["role", "content", "name", "toolCallId", "toolCalls"];
  for (const one of all) {
    const isMessage = typeof one === "object" && one !== null && !("lc_namespace" in one);
    const unknown = isMessage ? Object.keys(one).find((key) => !known.includes(key)) : "";
    if (!isMessage || unknown !== undefined || Object.keys(one).length === 0)
      throw new TypeError(
        `Expected a text, a pattern, or messages with ${known.join(", ")}${unknown ? `, not ${unknown}` : ""}.`,
      );
  }
  if (all.length === 0) throw new TypeError("Every prompt has an empty list of messages.");
  return all;
}

/** Of the expected messages the first that does not come after those before it. */
function firstMissing(
  messages: readonly Message[],
  expected: readonly MessageLike[],
): { like: MessageLike; from: number } | undefined {
  let from = 0;
  for (const like of expected) {
    const at = messages.findIndex((message, place) => place >= from && isLike(message, like));
    if (at === -1) return { like, from };
    from = at + 1;
  }
  return undefined;
}

function isLike(message: Message, like: MessageLike): boolean {
  const { role, content, name, toolCallId, toolCalls = [] } = like;
  if (role !== undefined && message.role !== role) return false;
  if (name !== undefined && message.name !== name) return false;
  if (toolCallId !== undefined && message.toolCallId !== toolCallId) return false;
  if (content !== undefined && !fits(message.content, content)) return false;
  return toolCalls.every((wantedCall) =>
    (message.toolCalls ?? []).some(
      (call) =>
        (wantedCall.name === undefined || call.name === wantedCall.name) &&
        (wantedCall.arguments === undefined || hasArguments(call.arguments, wantedCall.arguments)),
    ),
  );
}

const fits = (text: string, wantedText: string | RegExp) =>
  typeof wantedText === "string" ? text.includes(wantedText) : search(wantedText, text);

/** An object must be there as it is, whatever the order of its keys. */
function hasArguments(given: string, wantedArguments: string | RegExp | object): boolean {
  if (typeof wantedArguments === "string" || wantedArguments instanceof RegExp)
    return fits(given, wantedArguments);
  try {
    return sorted(JSON.parse(given)) === sorted(wantedArguments);
  } catch {
    return false;
  }
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What was expected, in a few words. */
export function wanted(expected: Sent): string {
  if (typeof expected === "string") return JSON.stringify(short(expected));
  if (expected instanceof RegExp) return `what fits ${expected}`;
  const all = listOf(expected);
  return all.length === 1 ? likeInWords(all[0] as MessageLike) : `${all.length} messages in order`;
}

function likeInWords({ role, content, toolCalls, toolCallId, name }: MessageLike): string {
  const called = (toolCalls ?? []).map((call) => call.name ?? "any").join(", ");
  const parts = [
    `a message${role ? ` of role ${role}` : ""}`,
    name ? `named ${name}` : "",
    content === undefined ? "" : `with ${content instanceof RegExp ? content : quoted(content)}`,
    called ? `that calls ${called}` : "",
    toolCallId ? `for ${toolCallId}` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

const MOST = 200;
const short = (text: string) => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text);
const quoted = (text: string) => JSON.stringify(short(text));

/** The call that comes nearest to what was expected, and where it differs, in lines. */
export function nearestDifference(
  calls: readonly Call[],
  expected: Sent,
): { call: Call; difference: string[] } {
  const last = calls.at(-1) as Call;
  if (expected instanceof RegExp) return { call: last, difference: [] };
  if (typeof expected === "string") return nearestText(calls, expected);
  const likes = listOf(expected);
  const held = (call: Call) => {
    const missing = firstMissing(call.messages, likes);
    return missing ? likes.indexOf(missing.like) : likes.length;
  };
  const call = calls.reduce((best, one) => (held(one) >= held(best) ? one : best));
  const missing = firstMissing(call.messages, likes);
  if (!missing) return { call, difference: [] };
  const place = likes.length > 1 ? `Message ${likes.indexOf(missing.like) + 1} of them` : "It";
  const after = missing.from > 0 ? ` after message ${missing.from}` : "";
  return {
    call,
    difference: [
      `${place} is not there${after}: ${likeInWords(missing.like)}.`,
      ...wordDifference(call, missing.like, missing.from),
    ],
  };
}

/** Where a message has the role and another content, both contents are shown. */
function wordDifference({ messages }: Call, { role, content }: MessageLike, from: number) {
  if (typeof content !== "string") return [];
  const same = messages
    .slice(from)
    .filter((message) => role === undefined || message.role === role);
  const texts = same.flatMap((message) => textIn(message).split("\n"));
  return differenceLines(content, nearestLine(texts, content));
}

function nearestText(calls: readonly Call[], expected: string) {
  const first = expected.split("\n")[0] ?? "";
  const scored = calls.map((call) => {
    const near = nearestLine(
      call.messages.flatMap((message) => textIn(message).split("\n")),
      first,
    );
    return { call, near, score: near === undefined ? 0 : likeness(near, first) };
  });
  const best = scored.reduce((one, other) => (other.score >= one.score ? other : one));
  return { call: best.call, difference: differenceLines(first, best.near) };
}

/** A line is shown beside what was expected only if half of its words are the same. */
const LEAST_LIKE = 0.5;

function nearestLine(lines: readonly string[], text: string): string | undefined {
  const [best] = lines.toSorted((one, other) => likeness(other, text) - likeness(one, text));
  return best !== undefined && likeness(best, text) >= LEAST_LIKE ? best : undefined;
}

/** The share of a text's words that a line has, whatever their case. */
function likeness(line: string, text: string): number {
  const words = wordsIn(text);
  const there = new Set(wordsIn(line));
  const shared = words.filter((word) => there.has(word)).length;
  return words.length === 0 ? 0 : shared / words.length;
}

const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function differenceLines(expected: string, sent: string | undefined): string[] {
  if (sent === undefined) return [];
  const start = Math.max(0, commonStart(expected, sent) - 40);
  const piece = (text: string) => `${start > 0 ? "…" : ""}${short(text.slice(start))}`;
  return [`  - expected: ${piece(expected)}`, `  + sent:     ${piece(sent)}`];
}
