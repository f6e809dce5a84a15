import { expect, test } from "vitest";
import { asksForSummary, type Call, followedBy, isHiddenSummary, promptOf } from "./calls.ts";
import { readSent, type Sent } from "./sent.ts";

function sent(...contents: string[]): Sent {
  const messages = contents.map((content, at) => ({ role: at === 0 ? "system" : "user", content }));
  return readSent("/v1/chat/completions", { model: "m", messages }) as Sent;
}

function call(number: number, ...contents: string[]): Call {
  const of = sent(...contents);
  return {
    ...{ call: number, sent: of, print: "", prompt: promptOf(of), isSummary: asksForSummary(of) },
    ...{ follows: undefined, tries: [], received: undefined, keys: [] },
  };
}

test("a call goes on from the one of its own conversation, however they take turns", () => {
  const [chef, clerk] = ["You are a chef in Lisbon.", "You are a clerk at the town hall."];
  const calls = [
    call(1, chef, "How long do I boil an egg?"),
    call(2, clerk, "How do I register a bicycle?"),
    call(3, chef, "How long do I boil an egg?", "And two eggs?"),
  ];
  const follower = (...contents: string[]) => followedBy(call(4, ...contents), calls)?.call;
  expect(follower(clerk, "How do I register a bicycle?", "And a boat?")).toBe(2);
  expect(follower(chef, "How long do I boil an egg?", "And two eggs?", "And three?")).toBe(3);
  expect(follower("You are a pilot.", "How high is too high?")).toBeUndefined();
});

test("a summary that LangChain asks for is hidden, one of the program's own is not", () => {
  const own = sent("Summarize the conversation in two sentences.", "user: Hello");
  const hidden = sent("Progressively summarize the lines of conversation provided, adding onto …");
  const other = sent("Write a summary of this report.", "Sales grew.");
  expect([own, hidden, other].map(asksForSummary)).toEqual([true, true, false]);
  expect([own, hidden, other].map(isHiddenSummary)).toEqual([false, true, false]);
});
