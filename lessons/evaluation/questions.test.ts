import { expect, test } from "vitest";
import { handbook } from "../../src/handbook/handbook.ts";
import { accepts, QUESTIONS } from "./questions.ts";

const passages = new Map(handbook().map(({ id, text }) => [id, text]));

test("there are twenty questions, each with an id of its own", () => {
  expect(QUESTIONS.length).toBe(20);
  expect(new Set(QUESTIONS.map(({ id }) => id)).size).toBe(20);
  expect(new Set(QUESTIONS.map(({ question }) => question)).size).toBe(20);
});

test.each(QUESTIONS)(
  "$id: its topic answers it, and its own answer would be accepted",
  ({ topic, reference, accepted }) => {
    expect(accepts(reference, accepted)).toBe(true);
    if (topic === "none") return;
    expect(accepts(passages.get(topic) ?? "", accepted)).toBe(true);
  },
);
