import { ChatOpenAI } from "@langchain/openai";
import { createAgent, tool } from "langchain";
import OpenAI from "openai";
import { expect, test } from "vitest";
import * as z from "zod";
import { offlineWire } from "./app.ts";

const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length;
const fetch = offlineWire({ countTokens });
const baseURL = "http://offline.invalid/v1";
const client = new OpenAI({ apiKey: "none", baseURL, maxRetries: 0, fetch });
const model = "offline-tutor";
const NOTE = "Source: prices.md\nA loaf of rye costs 4.20 euros.";
const search = {
  type: "function" as const,
  function: {
    name: "search_notes",
    description: "Search the notes of the bakery.",
    parameters: {
      type: "object",
      properties: { query: { type: "string" } },
      required: ["query"],
    },
  },
};
const ask = (content: string, more: object = {}) =>
  client.chat.completions.create({
    model,
    messages: [{ role: "user", content }],
    tools: [search],
    ...more,
  });

test("a question is looked up first, and answered from what the tool found", async () => {
  const question = "How much is a loaf of rye?";
  const first = await ask(question);
  expect(first.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: { content: null, tool_calls: [{ type: "function" }] },
  });
  const message = first.choices[0]!.message;
  const call = message.tool_calls![0]!;
  if (call.type !== "function") throw new Error("no function");
  expect(JSON.parse(call.function.arguments)).toEqual({ query: question });
  const messages = [
    { role: "user" as const, content: question },
    message,
    { role: "tool" as const, tool_call_id: call.id, content: NOTE },
  ];
  const second = await client.chat.completions.create({ model, messages, tools: [search] });
  expect(second.choices[0]).toMatchObject({
    finish_reason: "stop",
    message: { content: 'From prices.md: "A loaf of rye costs 4.20 euros."' },
  });
  const other = [{ role: "user" as const, content: "Who owns the shop?" }, ...messages.slice(1)];
  const none = await client.chat.completions.create({ model, messages: other, tools: [search] });
  expect(none.choices[0]!.message.content).toMatch(/^I don't know/);
});

test.each([
  ["a sum", "What is 6 times 7?", {}, /42/],
  ["a greeting", "Hello there!", {}, /./],
  ["what the human told", "I am Ada. What is my name?", {}, /Ada/],
  ["no tool may be used", "How much is a loaf of rye?", { tool_choice: "none" }, /./],
  ["a tool that does something else", "How much is rye?", { tools: [ordering()] }, /./],
])("no tool is used: %s", async (_name, question, more, expected) => {
  const reply = await ask(question, more);
  if (!("choices" in reply)) throw new Error("a stream");
  expect(reply.choices[0]!.finish_reason).toBe("stop");
  expect(reply.choices[0]!.message.content).toMatch(expected);
});

test("a stream tells the same call bit by bit", async () => {
  const stream = client.chat.completions.stream({
    model,
    messages: [{ role: "user", content: "How much is a loaf of rye?" }],
    tools: [search],
  });
  const [call] = (await stream.finalChatCompletion()).choices[0]!.message.tool_calls!;
  expect(call).toMatchObject({
    function: { name: "search_notes", arguments: '{"query":"How much is a loaf of rye?"}' },
  });
});

test.each([false, true])("LangChain's agent uses it, streaming: %s", async (streaming) => {
  const asked: string[] = [];
  const notes = tool(
    async ({ query }) => {
      asked.push(query);
      return NOTE;
    },
    {
      name: "search_notes",
      description: "Search the notes of the bakery.",
      schema: z.object({ query: z.string() }),
    },
  );
  const chat = new ChatOpenAI({ model, apiKey: "none", configuration: { baseURL, fetch } });
  const agent = createAgent({ model: chat, tools: [notes] });
  const input = { messages: [{ role: "user", content: "How much is a loaf of rye?" }] };
  let last: { content: unknown } | undefined;
  if (streaming)
    for await (const state of await agent.stream(input, { streamMode: "values" }))
      last = state.messages.at(-1);
  else last = (await agent.invoke(input)).messages.at(-1);
  expect(asked).toEqual(["How much is a loaf of rye?"]);
  expect(last?.content).toBe('From prices.md: "A loaf of rye costs 4.20 euros."');
});

function ordering() {
  return { type: "function", function: { name: "order", description: "Place an order." } };
}
