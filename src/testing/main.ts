import { AssertionError } from "node:assert";
import { type Asked, openEndpoint } from "./endpoint.ts";
import { haveCalled, haveSent, haveSentTokens, stayWithin } from "./expectations.ts";
import { FAULT_KINDS, spoilt } from "./faults.ts";
import { refusedResponse } from "./http.ts";
import { offlineReplies } from "./offline-replies.ts";
import { scriptedReplies } from "./script.ts";
import type {
  Call,
  Count,
  Endpoint,
  EndpointOptions,
  FaultKind,
  FiniteEndpoint,
  Outcome,
  ScriptedReply,
  Sender,
  Sent,
  StrictOptions,
  TapeOptions,
} from "./types.ts";

export type * from "./types.ts";

/** Answers with llm-lab's own model, whatever model is asked for: no key, no network, no cost. */
export function offlineEndpoint(options: EndpointOptions = {}): Endpoint {
  return openEndpoint(spoilt(offlineReplies(), options.fault));
}

/**
 * Refuses what OpenAI and other providers refuse, with OpenAI's status and words; what is sound is
 * answered by llm-lab's own model, or from `replies`.
 */
export function strictEndpoint(options: StrictOptions = {}): Endpoint {
  const { replies, contextWindow, fault } = options;
  const source = isScript(replies)
    ? scriptedReplies(replies).answer
    : replies
      ? ({ url, init }: { url: string; init: RequestInit }) => replies.fetch(url, init)
      : offlineReplies();
  const answer = spoilt(source, fault);
  return openEndpoint(async (asked) => {
    const refused = await refusalOf(asked, contextWindow);
    return refused ? refusedResponse(refused) : answer(asked);
  });
}

async function refusalOf({ call, isForVectors, body, tokenizer }: Asked, window?: number) {
  const { refuse } = await import("./strict/refuse.ts");
  const { refuseTexts } = await import("./strict/refuse-texts.ts");
  if (call) return refuse(call, window);
  return isForVectors ? refuseTexts(body as object, tokenizer.count) : undefined;
}

const isScript = (replies: StrictOptions["replies"]): replies is readonly ScriptedReply[] =>
  Array.isArray(replies);

/**
 * Answers from a script: the first call gets the first reply. A call that comes when the script has
 * ended is refused, and told so. Vectors are llm-lab's own.
 *
 * @param replies a list, or a function that answers every call
 */
export function scripted(
  replies: readonly ScriptedReply[] | ((call: Call) => ScriptedReply | Promise<ScriptedReply>),
  options: EndpointOptions = {},
): FiniteEndpoint {
  const { answer, left } = scriptedReplies(replies);
  return withLeft(openEndpoint(spoilt(answer, options.fault)), left);
}

/**
 * Answers from a tape, or records one. A request that the tape does not hold is refused, and told
 * how it differs from the next on the tape.
 *
 * @throws Error for a file that is not there, is not a tape, or cannot be written
 */
export async function tape(path: string, options: TapeOptions = {}): Promise<FiniteEndpoint> {
  const { record, fault } = options;
  const { playedReplies, recordedReplies } = await import("./tape-replies.ts");
  const taped = record === undefined ? playedReplies(path) : recordedReplies(path, record);
  const endpoint = openEndpoint(spoilt(taped.answer, fault), { close: taped.close });
  return withLeft(endpoint, taped.left);
}

function withLeft(endpoint: Endpoint, left: () => number): FiniteEndpoint {
  return Object.defineProperty(endpoint, "left", { get: left, enumerable: true }) as FiniteEndpoint;
}

/** The ways to spoil replies, for `{ fault }`: see docs/testing.md. */
export const faults: readonly FaultKind[] = FAULT_KINDS;

/** For `expect.extend` of vitest and Jest; `llm-lab/testing/vitest` and `…/jest` do that. */
export const matchers = {
  toHaveSent: (sender: Sender, expected: Sent): Outcome => haveSent(sender, expected),
  toHaveSentTokens: (sender: Sender, expected: Count): Outcome => haveSentTokens(sender, expected),
  toHaveCalled: (sender: Sender, expected: Count): Outcome => haveCalled(sender, expected),
  toStayWithin: (sender: Sender, tokens: number): Outcome => stayWithin(sender, tokens),
};

/** Asserts that a call sent a text, a pattern, or messages in this order. */
export function toHaveSent(sender: Sender, expected: Sent): void {
  assert(haveSent(sender, expected), toHaveSent);
}

/** Asserts how many tokens all prompts together have. */
export function toHaveSentTokens(sender: Sender, expected: Count): void {
  assert(haveSentTokens(sender, expected), toHaveSentTokens);
}

/** Asserts how many requests for a reply came. */
export function toHaveCalled(sender: Sender, expected: Count): void {
  assert(haveCalled(sender, expected), toHaveCalled);
}

/** Asserts that no prompt has more tokens than this. */
export function toStayWithin(sender: Sender, tokens: number): void {
  assert(stayWithin(sender, tokens), toStayWithin);
}

type Assertions = {
  readonly [Name in keyof typeof matchers]: (...args: Parameters<(typeof matchers)[Name]>) => void;
};

/** The same assertions the other way round: `not.toHaveSent(endpoint, "secret")`. */
export const not: Assertions = {
  toHaveSent: (sender, expected) => refute(haveSent(sender, expected), not.toHaveSent),
  toHaveSentTokens: (sender, expected) =>
    refute(haveSentTokens(sender, expected), not.toHaveSentTokens),
  toHaveCalled: (sender, expected) => refute(haveCalled(sender, expected), not.toHaveCalled),
  toStayWithin: (sender, tokens) => refute(stayWithin(sender, tokens), not.toStayWithin),
};

type Asserting = (sender: Sender, ...rest: never[]) => void;

/** @param caller left out of the stack, so that it begins in the test */
function assert({ pass, message }: Outcome, caller: Asserting): void {
  if (!pass) throw new AssertionError({ message: message(), stackStartFn: caller });
}

function refute({ pass, message }: Outcome, caller: Asserting): void {
  if (pass) throw new AssertionError({ message: message(), stackStartFn: caller });
}
