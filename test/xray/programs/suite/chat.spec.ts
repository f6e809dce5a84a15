// A vitest suite in TypeScript, whose tests call a model.
import { ChatOpenAI } from "@langchain/openai";
import { expect, test } from "vitest";

const model = new ChatOpenAI({ model: "gpt-4o-mini", maxRetries: 0 });

test("adds", async () => {
  expect((await model.invoke("What is 2 + 3?")).content).toContain("5");
});

test("fails on purpose", async () => {
  expect((await model.invoke("What is 2 + 2?")).content).toContain("seven");
});
