import { countOf, formatCount } from "../format.ts";
import { findMatch, nearestDifference, wanted } from "./match.ts";
import { listCalls, showCall } from "./show.ts";
import type { Call, Count, Endpoint, Outcome, Sender, Sent } from "./types.ts";

export function haveSent(sender: Sender, expected: Sent): Outcome {
  const calls = callsOf(sender);
  const found = calls.find((call) => findMatch(call, expected));
  const sought = wanted(expected);
  if (found)
    return {
      pass: true,
      message: () =>
        lines(
          `Expected no call to send ${sought}, and ${nameOf(found)} sent it:`,
          showCall(found, expected),
        ),
    };
  return {
    pass: false,
    message: () => {
      if (calls.length === 0) return `Expected a call to send ${sought}, and no call was sent.`;
      const { call, difference } = nearestDifference(calls, expected);
      const others = calls.filter((one) => one !== call);
      return lines(
        `Expected a call to send ${sought}, and ${calls.length === 1 ? "the only call did not" : `none of ${calls.length} calls did`}.`,
        ...difference,
        `${calls.length === 1 ? "What it sent" : `The nearest is ${nameOf(call)}`}:`,
        showCall(call),
        others.length > 0 ? `The others:\n${listCalls(others)}` : "",
      );
    },
  };
}

export function haveSentTokens(sender: Sender, expected: Count): Outcome {
  const calls = callsOf(sender);
  const tokens = calls.reduce((sum, call) => sum + call.tokens, 0);
  const pass = fits(tokens, expected);
  return {
    pass,
    message: () =>
      lines(
        `Expected ${pass ? "not " : ""}${inWords(expected, "token")} in all prompts together, and there are ${formatCount(tokens)}.`,
        listCalls(calls),
      ),
  };
}

export function haveCalled(sender: Sender, expected: Count): Outcome {
  const calls = callsOf(sender);
  const pass = fits(calls.length, expected);
  return {
    pass,
    message: () =>
      lines(
        `Expected ${pass ? "not " : ""}${inWords(expected, "call")}, and ${calls.length === 0 ? "none came" : `${calls.length} came`}.`,
        listCalls(calls),
      ),
  };
}

export function stayWithin(sender: Sender, tokens: number): Outcome {
  const calls = callsOf(sender);
  if (typeof tokens !== "number" || Number.isNaN(tokens))
    throw new TypeError(`toStayWithin takes a number of tokens, not ${String(tokens)}.`);
  const [longest] = calls.toSorted((one, other) => other.tokens - one.tokens);
  const pass = longest === undefined || longest.tokens <= tokens;
  return {
    pass,
    message: () => {
      if (!longest) return "Expected a prompt to be too long, and no call was sent.";
      const limit = countOf(tokens, "token");
      return pass
        ? lines(
            `Expected a prompt of more than ${limit}, and the longest has ${formatCount(longest.tokens)}.`,
            listCalls(calls),
          )
        : lines(
            `Expected each prompt to stay within ${limit}, and ${nameOf(longest)} has ${formatCount(longest.tokens)}, ${formatCount(longest.tokens - tokens)} too many:`,
            showCall(longest),
            calls.length > 1 ? `All calls:\n${listCalls(calls)}` : "",
          );
    },
  };
}

/** The calls to look at. @throws TypeError for anything that sends none */
function callsOf(sender: Sender): readonly Call[] {
  if (Array.isArray(sender) && sender.every(isCall)) return sender;
  if (isCall(sender)) return [sender];
  const { calls } = (sender ?? {}) as Partial<Endpoint>;
  if (Array.isArray(calls)) return calls;
  throw new TypeError(
    `Expected an endpoint, its calls or one of them, not ${sender === undefined ? "undefined: is there such a call?" : String(sender)}`,
  );
}

const isCall = (value: unknown): value is Call =>
  typeof value === "object" && value !== null && "prompt" in value && "messages" in value;

function fits(count: number, expected: Count): boolean {
  if (typeof expected === "number") return count === expected;
  const { atMost = Number.POSITIVE_INFINITY, atLeast = 0 } = bounds(expected);
  return count >= atLeast && count <= atMost;
}

function bounds(expected: Exclude<Count, number>): Exclude<Count, number> {
  if (expected && ("atMost" in expected || "atLeast" in expected)) return expected;
  throw new TypeError("Expected a number, { atMost } or { atLeast }.");
}

function inWords(expected: Count, noun: string): string {
  if (typeof expected === "number") return countOf(expected, noun);
  const { atMost, atLeast } = bounds(expected);
  const parts = [
    atLeast === undefined ? "" : `at least ${countOf(atLeast, noun)}`,
    atMost === undefined ? "" : `at most ${countOf(atMost, noun)}`,
  ];
  return parts.filter((part) => part !== "").join(" and ");
}

const nameOf = ({ number }: Call) => `call ${number}`;

const lines = (...parts: string[]) => parts.filter((part) => part !== "").join("\n");
