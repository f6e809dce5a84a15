import { expect, test } from "vitest";
import { splitByOrigin } from "./origins.ts";

test("the context in a prompt is told apart, whatever it says", () => {
  const template = "Use this:\n{context}\n\nQuestion: {question}";
  const values = { context: "Question: who?\n{question}", question: "What is rye?" };
  const content = `Use this:\n${values.context}\n\nQuestion: ${values.question}`;
  const [message] = splitByOrigin([{ role: "user", content }], [{ template, values }], ["who?"]);
  expect(message?.parts).toEqual([
    { origin: "template", text: "Use this:\n" },
    { origin: "context", variable: "context", text: values.context },
    { origin: "template", text: "\n\nQuestion: " },
    { origin: "input", variable: "question", text: "What is rye?" },
  ]);
});

test("what a tool found is context", () => {
  const messages = [
    { role: "user", content: "What is rye?" },
    { role: "assistant", content: "→ search({})", called: "→ search({})" },
    { role: "tool", content: "Rye is a grain." },
  ];
  const origins = splitByOrigin(messages, [], []).map(({ parts }) => parts[0]?.origin);
  expect(origins).toEqual(["input", "call", "result"]);
});
