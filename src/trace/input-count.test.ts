import { expect, test } from "vitest";
import { loadCounter } from "../model/tokens.ts";
import { inputCountOf } from "./input-count.ts";

const countTokens = await loadCounter("offline-tutor");
const asked = { kind: "chat" as const, messages: [{ role: "user", content: "What is my name?" }] };

test("five words and what the chat format adds are the twelve that the endpoint tells", () => {
  expect(inputCountOf(asked, 12, countTokens)).toEqual({
    kind: "chat",
    by: "endpoint",
    text: 5,
    added: { messages: 1, marks: 4, opening: 3 },
  });
});

test("figures that do not give the count are left out", () => {
  for (const told of [5, 11, 13, 40])
    expect(inputCountOf(asked, told, countTokens)).toEqual({
      kind: "chat",
      by: "endpoint",
      text: 5,
    });
  const completion = { ...asked, kind: "completion" as const };
  expect(inputCountOf(completion, 12, countTokens)).not.toHaveProperty("added");
});

test("without an endpoint's count it is llm-lab's, of the text alone", () => {
  expect(inputCountOf(asked, undefined, countTokens)).toEqual({
    kind: "chat",
    by: "llm-lab",
    text: 5,
  });
});
