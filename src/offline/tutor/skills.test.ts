import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { TextMessage } from "../protocol.ts";
import { readRequest } from "./request.ts";
import type { Example } from "./skill.ts";
import { firstAnswer, SKILLS } from "./skills.ts";

describe.each(SKILLS.map((skill) => [skill.name, skill] as const))(
  "the skill %s",
  (name, skill) => {
    test.each(skill.examples)("answers $asked", async (example) => {
      const found = await firstAnswer(requestFor(example));
      // An example that another skill answers is shadowed: move this skill up, or mend that one.
      expect(found.skill.name).toBe(name);
      const { answer } = found;
      const words =
        typeof answer === "string"
          ? answer
          : answer.map(({ name, arguments: given }) => `${name}(${JSON.stringify(given)})`).join();
      expect(words).toContain(example.answer);
    });
  },
);

test("the names differ", () => {
  const names = SKILLS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("every file of the folder is in the list", () => {
  expect(readdirSync(join(import.meta.dirname, "skills")).length).toBe(SKILLS.length);
});

function requestFor({ told = [], asked, after = [], answer: _, ...extras }: Example) {
  const before = told.map(
    (line): TextMessage => (typeof line === "string" ? { role: "user", content: line } : line),
  );
  const messages = [...before, { role: "user", content: asked }, ...after];
  return readRequest(messages, extras, async (request) =>
    String((await firstAnswer(request)).answer),
  );
}
