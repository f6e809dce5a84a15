import { ConversationTokenBufferMemory } from "@langchain/classic/memory";
import { describe, expect, test } from "vitest";
import { createModels } from "./factory.ts";
import { priceOf } from "./prices.ts";
import { encodingOf, loadCounter, loadEncoding } from "./tokens.ts";

test.each([
  ["gpt-4o-mini", "o200k_base"],
  ["openai/gpt-4o", "o200k_base"],
  ["ft:gpt-4o-mini:org::id", "o200k_base"],
  ["o3", "o200k_base"],
  ["gpt-5-nano", "o200k_base"],
  ["gpt-4-turbo", "cl100k_base"],
  ["gpt-3.5-turbo", "cl100k_base"],
  ["offline-tutor", "cl100k_base"],
  ["llama3.2", "cl100k_base"],
])("%s is counted in %s", (model, encoding) => {
  expect(encodingOf(model)).toBe(encoding);
});

test("counts are those of OpenAI's encodings, and special words are only text", async () => {
  const [older, newer] = [await loadCounter("gpt-4"), await loadCounter("gpt-4o")];
  expect(older("hello world")).toBe(2);
  // The newer encoding has longer pieces for other languages than English.
  expect([older("Привет, как дела?"), newer("Привет, как дела?")]).toEqual([8, 6]);
  expect(older("<|endoftext|>")).toBeGreaterThan(1);
  expect(older("")).toBe(0);
});

describe("a token memory with the factory's models", () => {
  test.each([
    [20, 3],
    [30, 5],
    [50, 6],
  ])(
    "at most %i tokens keep %i messages of six, and nothing is downloaded",
    async (maxTokenLimit, kept) => {
      const countTokens = await loadCounter("offline-tutor");
      const wire = () => Promise.reject(new Error("no call is made"));
      const options = {
        model: "offline-tutor",
        baseURL: "http://offline.invalid/v1",
        apiKey: "none",
      };
      const { chat } = createModels({ ...options, wire, countTokens, price: () => null });
      const memory = new ConversationTokenBufferMemory({ llm: chat(), maxTokenLimit });
      await memory.saveContext({ input: "AI is what?!" }, { output: "Amazing!" });
      await memory.saveContext({ input: "Backpropagation is what?" }, { output: "Beautiful!" });
      await memory.saveContext({ input: "Chatbots are what?" }, { output: "Charming!" });
      expect(await memory.chatHistory.getMessages()).toHaveLength(kept);
    },
  );
});

test("prices are known for OpenAI's models, dated names included, and for no others", () => {
  expect(priceOf("gpt-6-luna", 1_000_000, 1_000_000)).toBeCloseTo(0.6);
  expect(priceOf("gpt-6-luna", 1_000_000, 0, {}, 900_000)).toBeCloseTo(0.019);
  expect(priceOf("gpt-4o-mini-2024-07-18", 1000, 0)).toBeCloseTo(0.00015);
  expect(priceOf("mine", 1_000_000, 1_000_000, { mine: [1, 2] }, 500_000)).toBeCloseTo(3);
  expect(priceOf("mine", 1_000_000, 1_000_000, { mine: [1, 0.5, 2] }, 500_000)).toBeCloseTo(2.75);
  expect(priceOf("text-embedding-3-small", 1_000_000, 0)).toBeCloseTo(0.02);
  expect(priceOf("llama3.2", 1, 1)).toBeNull();
  expect(priceOf("toString", 1, 1)).toBeNull();
});

test.each(["x", " ", "!(", "私は", "🙂", "é"])(
  "a run of %j is counted in a time that grows as it does, and split into what it was",
  async (piece) => {
    const { count, split } = await loadEncoding("cl100k_base");
    const sized = (size: number) => piece.repeat(size / piece.length);
    expect(split(sized(20_000)).join("")).toBe(sized(20_000));
    const counts = [20_000, 40_000, 160_000].map((size) => count(sized(size)));
    // Minutes, when the whole run was merged at once.
    expect(counts[2]! / counts[0]!).toBeCloseTo(8, 0);
    expect(count(`a ${piece}`.repeat(9))).toBe(split(`a ${piece}`.repeat(9)).length);
  },
);
