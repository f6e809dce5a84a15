import { expect, test } from "vitest";
import { suggest } from "./suggest.ts";

const commands = ["lesson", "list", "chat", "index", "ask", "train", "doctor", "serve", "help"];

test.each([
  ["leson", "lesson"],
  ["LESSON", "lesson"],
  ["lst", "list"],
  ["docter", "doctor"],
  ["servr", "serve"],
  ["indx", "index"],
  ["aks", "ask"],
])("%s is like %s", (typed, meant) => {
  expect(suggest(typed, commands)).toBe(`Did you mean ${meant}? `);
});

test.each(["foo", "x", "", "kubernetes", "42", "日本"])("%s is like no command", (typed) => {
  expect(suggest(typed, commands)).toBe("");
});

test("where there is nothing to choose from, nothing is meant", () => {
  expect(suggest("leson", [])).toBe("");
});
