import { expect, test } from "vitest";
import { Keywords } from "./keywords.ts";

const shares = (question: string, ...texts: string[]) => {
  const keywords = new Keywords(question);
  for (const text of texts) keywords.add(text);
  return keywords.shares();
};

test.each([
  ["another form", "Who retries?", "It is retried twice."],
  ["an irregular form", "How do I buy a mouse?", "The mice were bought in May."],
  ["a part of a name", "What does retry do?", "See p-retry."],
  ["a part in capitals", "How many retries?", "Set maxRetries."],
  ["a name with marks", "Is there a C# or C++ version of p-retry?", "P-RETRY, in C#"],
  ["British spelling", "Which colour?", "The color is grey."],
  ["an accent", "Where is the cafe?", "The café is closed."],
])("finds %s", (_name, question, text) => {
  const [found = 0, other] = shares(question, text, "Nothing of the kind.");
  expect(found).toBeGreaterThan(0);
  expect(other).toBe(0);
});

test("a question of stop words and marks finds nothing", () => {
  expect(shares("What is it?!", "What it is.", "(.*)")).toEqual([0, 0]);
});
