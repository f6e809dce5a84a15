import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { afterEach, expect, test, vi } from "vitest";
import { createModels } from "./factory.ts";

afterEach(() => vi.unstubAllGlobals());

/** Models whose requests are kept and answered with the least that LangChain takes. */
function models(model: string) {
  const asked: Record<string, unknown>[] = [];
  const wire: typeof fetch = async (_input, init) => {
    asked.push(JSON.parse(String(init?.body)));
    const choices = [{ index: 0, text: "Hi", message: { role: "assistant", content: "Hi" } }];
    return Response.json({ choices, data: [{ embedding: [1, 2] }] });
  };
  const made = createModels({
    model,
    baseURL: "http://nowhere.invalid/v1",
    apiKey: "none",
    wire,
    countTokens: (text) => text.length,
    price: () => null,
  });
  return { ...made, asked };
}

test.each([
  ["gpt-4o-mini", 0],
  ["llama3.2", 0],
  ["gpt-5-chat-latest", 0],
  ["gpt-5-mini", undefined],
  ["openai/gpt-5", undefined],
  ["o3", undefined],
])("%s is asked with the temperature %s", async (model, temperature) => {
  const { chat, asked } = models(model);
  await chat().invoke("Hi");
  await chat({ temperature: 0.5 }).invoke("Hi");
  expect(asked.map((body) => body.temperature)).toEqual([temperature, 0.5]);
});

test("tokens are counted here, of messages as well, and nothing is downloaded", async () => {
  const download = vi.fn(() => Promise.reject(new Error("no network")));
  vi.stubGlobal("fetch", download);
  const { chat, complete } = models("gpt-4o-mini");
  expect(await chat().getNumTokens("four")).toBe(4);
  expect(await complete({ model: "some-base-model" }).getNumTokens("four")).toBe(4);
  const messages = [new SystemMessage("Be brief."), new HumanMessage("Hello")];
  expect((await chat().getNumTokensFromMessages(messages)).totalCount).toBeGreaterThan(14);
  expect(download).not.toHaveBeenCalled();
});

test("embeddings are asked for as numbers", async () => {
  const { embeddings, asked } = models("text-embedding-3-small");
  expect(await embeddings().embedQuery("Hi")).toEqual([1, 2]);
  expect(asked[0]).toMatchObject({ encoding_format: "float" });
});
