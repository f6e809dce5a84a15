import { ChatOpenAI } from "@langchain/openai";
import { expect, test } from "vitest";
import memory from "../../lessons/memory/lesson.ts";
import type { LabEvent } from "../trace/events.ts";
import { play } from "./play.ts";

const fakeFetch: typeof fetch = async (_url, init) => {
  const b = JSON.parse(String(init?.body));
  const enc = (o: unknown) => `data: ${typeof o === "string" ? o : JSON.stringify(o)}\n\n`;
  const mk = (d: object, f: string | null = null) => ({
    id: "x",
    object: "chat.completion.chunk",
    created: 1,
    model: b.model,
    choices: [{ index: 0, delta: d, finish_reason: f }],
  });
  return new Response(
    enc(mk({ role: "assistant", content: "" })) +
      enc(mk({ content: "Hello" })) +
      enc(mk({ content: " you" })) +
      enc(mk({}, "stop")) +
      enc({
        id: "x",
        object: "chat.completion.chunk",
        created: 1,
        model: b.model,
        choices: [],
        usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
      }) +
      enc("[DONE]"),
    { headers: { "content-type": "text/event-stream" } },
  );
};

test("x", async () => {
  const events: LabEvent[] = [];
  const count = (t: string) => Math.ceil(t.length / 4);
  const outcome = await play({
    lesson: memory,
    sections: Object.keys(memory.sections),
    settings: {},
    signal: new AbortController().signal,
    stage: {
      emit: (e) => {
        events.push(e);
      },
      ask: async () => ({ value: null, by: "nobody" }),
      close: async () => {},
    },
    run: { endpoint: "offline", model: "m", why: "w" },
    countTokens: count,
    price: () => null,
    connect: (recorder) => ({
      name: "m",
      countTokens: count,
      price: () => null,
      complete: () => {
        throw new Error();
      },
      embeddings: () => {
        throw new Error();
      },
      chat: () =>
        Object.assign(
          new ChatOpenAI({
            model: "m",
            apiKey: "k",
            maxRetries: 0,
            configuration: { baseURL: "http://offline/v1", fetch: recorder.watch(fakeFetch) },
          }),
          { getNumTokens: async (t: unknown) => count(String(t)) },
        ),
    }),
  });
  for (const e of events) console.log(JSON.stringify(e).slice(0, 260));
  expect(outcome).toBe("done");
});
