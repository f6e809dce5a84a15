import { expect, test } from "vitest";
import { handbook } from "../../src/handbook/handbook.ts";
import { QUESTIONS } from "./questions.ts";

const passages = new Map(handbook().map(({ id, text }) => [id, text]));

test("there are twenty questions, each with an id of its own", () => {
  expect(QUESTIONS.length).toBe(20);
  expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(20);
  expect(new Set(QUESTIONS.map(({ question }) => question)).size).toBe(20);
});

test.each(QUESTIONS)(
  "$id: its topic answers it, and its own answer would be accepted",
  ({ topic, reference, accepted }) => {
    const held = (text: string) =>
      accepted.some((words) =>
        text.toLowerCase().includes(words.toLowerCase()),
      );
    expect(held(reference) || accepted.length === 0).toBe(true);
    if (topic === "none") return;
    expect(held(passages.get(topic) ?? "")).toBe(true);
  },
);
