import { createOpenAI } from "@ai-sdk/openai";
import { tool as langchainTool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import {
  Agent,
  tool as agentTool,
  OpenAIProvider,
  Runner,
  setTracingDisabled,
} from "@openai/agents";
import { embedMany, generateObject, generateText, stepCountIs, streamText, tool } from "ai";
import { createAgent } from "langchain";
import OpenAI from "openai";
import { zodResponseFormat, zodResponsesFunction, zodTextFormat } from "openai/helpers/zod";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { startServer } from "./support/served.ts";

const model = "offline-tutor";
const sum = "How much is 17 times 23?";
const rye = "How much is a loaf of rye?";
const NOTE = "Source: prices.md\nA loaf of rye costs 4.20 euros.";
const notes = {
  name: "search_notes",
  description: "Search the notes of the bakery.",
  parameters: z.object({ query: z.string() }),
};
const person = z.object({
  name: z.string(),
  age: z.number(),
  home: z.object({ city: z.string() }),
});
const about = "Ada is 36 years old and lives in Lisbon.";
const ADA = { name: "Ada", age: 36, home: { city: "Lisbon" } };

let url = "";
let stop = async () => {};
beforeAll(async () => {
  ({ url, stop } = await startServer());
});
afterAll(() => stop());

describe("openai", () => {
  const client = () => new OpenAI({ baseURL: url, apiKey: "none", maxRetries: 0 });
  const messages = [{ role: "user" as const, content: sum }];

  test("chat completions: whole, streamed, parsed, and with tools that it runs", async () => {
    const { completions } = client().chat;
    const whole = await completions.create({ model, messages });
    expect(whole.choices[0]?.message.content).toContain("391");
    const streamed = completions.stream({ model, messages });
    expect(await streamed.finalContent()).toBe(whole.choices[0]?.message.content);
    const parsed = await completions.parse({
      model,
      messages: [{ role: "user", content: about }],
      response_format: zodResponseFormat(person, "person"),
    });
    expect(parsed.choices[0]?.message.parsed).toEqual(ADA);
    const asked: unknown[] = [];
    const runner = completions.runTools({
      model,
      messages: [{ role: "user", content: rye }],
      tools: [
        {
          type: "function",
          function: {
            ...notes,
            parameters: z.toJSONSchema(notes.parameters) as Record<string, unknown>,
            parse: JSON.parse,
            function: (given: object) => {
              asked.push(given);
              return NOTE;
            },
          },
        },
      ],
    });
    expect(await runner.finalContent()).toContain("4.20");
    expect(asked).toEqual([{ query: rye }]);
  });

  test("responses: whole, streamed, parsed, and with a tool", async () => {
    const { responses } = client();
    const whole = await responses.create({ model, input: sum });
    expect(whole.output_text).toContain("391");
    const streamed = await responses.stream({ model, input: sum }).finalResponse();
    expect(streamed.output).toEqual((await responses.parse({ model, input: sum })).output);
    const parsed = await responses.parse({
      model,
      input: about,
      text: { format: zodTextFormat(person, "person") },
    });
    expect(parsed.output_parsed).toEqual(ADA);
    const tools = [zodResponsesFunction(notes)];
    const first = await responses.parse({ model, input: rye, tools });
    const [call] = first.output;
    if (call?.type !== "function_call") throw new Error("no call");
    expect(call.parsed_arguments).toEqual({ query: rye });
    const second = await responses.create({
      model,
      tools,
      input: [
        { role: "user", content: rye },
        {
          type: "function_call",
          call_id: call.call_id,
          name: call.name,
          arguments: call.arguments,
        },
        { type: "function_call_output", call_id: call.call_id, output: NOTE },
      ],
    });
    expect(second.output_text).toContain("4.20");
  });

  test("embeddings, completions and models", async () => {
    const { data } = await client().embeddings.create({
      model: "offline-embedding-2",
      input: ["a kettle", "a court"],
    });
    expect(data.map(({ embedding }) => embedding.length)).toEqual([896, 896]);
    const completion = await client().completions.create({
      model: "tiny-base",
      prompt: "The capital of Peru is",
      temperature: 0,
      stop: ".",
    });
    expect(completion.choices[0]?.text).toBe(" Lima");
    const names: string[] = [];
    for await (const { id } of client().models.list()) names.push(id);
    expect(names).toContain(model);
  });
});

describe.each([false, true])("@langchain/openai, useResponsesApi: %s", (useResponsesApi) => {
  const chat = () =>
    new ChatOpenAI({
      model,
      apiKey: "none",
      maxRetries: 0,
      useResponsesApi,
      configuration: { baseURL: url },
    });

  test("whole, streamed and structured", async () => {
    const reply = await chat().invoke(sum);
    expect(reply.text).toContain("391");
    expect(reply.usage_metadata?.total_tokens).toBeGreaterThan(0);
    let streamed = "";
    for await (const piece of await chat().stream(sum)) streamed += piece.text;
    expect(streamed).toBe(reply.text);
    const found = await chat().withStructuredOutput(person).invoke(about);
    expect(found).toEqual(ADA);
  });

  test.each([false, true])("an agent with a tool, streamed: %s", async (isStreamed) => {
    const asked: unknown[] = [];
    const search = langchainTool(
      (given) => {
        asked.push(given);
        return NOTE;
      },
      { name: notes.name, description: notes.description, schema: notes.parameters },
    );
    const agent = createAgent({ model: chat(), tools: [search] });
    const input = { messages: [{ role: "user" as const, content: rye }] };
    let last: { text: string } | undefined;
    if (isStreamed)
      for await (const state of await agent.stream(input, { streamMode: "values" }))
        last = state.messages.at(-1);
    else last = (await agent.invoke(input)).messages.at(-1);
    expect(asked).toEqual([{ query: rye }]);
    expect(last?.text).toContain("4.20");
  });
});

test("@langchain/openai: embeddings", async () => {
  const embeddings = new OpenAIEmbeddings({
    model: "offline-embedding-2",
    apiKey: "none",
    configuration: { baseURL: url },
  });
  expect(await embeddings.embedQuery("a kettle")).toHaveLength(896);
});

describe("ai, with @ai-sdk/openai", () => {
  const provider = () => createOpenAI({ baseURL: url, apiKey: "none" });
  const tools = (asked: unknown[]) => ({
    search_notes: tool({
      description: notes.description,
      inputSchema: notes.parameters,
      execute: async (given) => {
        asked.push(given);
        return NOTE;
      },
    }),
  });

  test.each(["responses", "chat"] as const)("%s: whole, streamed and structured", async (api) => {
    const { text, usage } = await generateText({ model: provider()[api](model), prompt: sum });
    expect(text).toContain("391");
    expect(usage.totalTokens).toBeGreaterThan(0);
    let streamed = "";
    for await (const piece of streamText({ model: provider()[api](model), prompt: sum }).textStream)
      streamed += piece;
    expect(streamed).toBe(text);
    const { object } = await generateObject({
      model: provider()[api](model),
      schema: person,
      prompt: about,
    });
    expect(object).toEqual(ADA);
  });

  test("its default is the responses API; several steps with a tool, whole and streamed", async () => {
    for (const ask of [generateText, streamText]) {
      const asked: unknown[] = [];
      const result = await ask({
        model: provider()(model),
        tools: tools(asked),
        prompt: rye,
        stopWhen: stepCountIs(4),
      });
      expect(await result.text).toContain("4.20");
      expect(asked).toEqual([{ query: rye }]);
    }
  });

  test("embedMany", async () => {
    const { embeddings } = await embedMany({
      model: provider().embedding("offline-embedding-2"),
      values: ["a kettle", "a court"],
    });
    expect(embeddings.map((one) => one.length)).toEqual([896, 896]);
  });
});

describe("@openai/agents", () => {
  test.each([false, true])("an agent with a tool, streamed: %s", async (stream) => {
    setTracingDisabled(true);
    const asked: unknown[] = [];
    const search = agentTool({
      ...notes,
      execute: async (given) => {
        asked.push(given);
        return NOTE;
      },
    });
    const agent = new Agent({
      name: "Baker",
      instructions: "Answer from the notes.",
      model,
      tools: [search],
    });
    const modelProvider = new OpenAIProvider({ baseURL: url, apiKey: "none" });
    const runner = new Runner({ modelProvider, tracingDisabled: true });
    if (!stream) expect((await runner.run(agent, rye)).finalOutput).toContain("4.20");
    else {
      const result = await runner.run(agent, rye, { stream: true });
      let text = "";
      for await (const piece of result.toTextStream()) text += piece;
      await result.completed;
      expect(result.finalOutput).toBe(text);
      expect(text).toContain("4.20");
    }
    expect(asked).toEqual([{ query: rye }]);
  });
});
