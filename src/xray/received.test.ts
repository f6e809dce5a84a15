import { beforeAll, describe, expect, test } from "vitest";
import { loadEncoding } from "../model/tokens.ts";
import { offlineWire } from "../offline/app.ts";
import { forAnyModel } from "./any-model.ts";
import { ReplyTap } from "./received.ts";
import { readSent } from "./sent.ts";

let wire: typeof fetch;
beforeAll(async () => {
  wire = forAnyModel(offlineWire({ countTokens: (await loadEncoding("cl100k_base")).count }));
});

const parameters = { type: "object", properties: { query: { type: "string" } } };
const search = { name: "search_notes", description: "Search the notes.", parameters };
const model = "gpt-4o-mini";
const rye = "How much is a loaf of rye?";
const messages = [{ role: "user", content: rye }];
const sum = "What is 6 times 7?";

/** One request in each API: what it asks, and what comes back. */
const REQUESTS: Record<string, { path: string; body: object; text: string; calls: object[] }> = {
  chat: {
    path: "/chat/completions",
    body: { messages: [{ role: "user", content: sum }] },
    text: "6 × 7 is 42.",
    calls: [],
  },
  "chat with a tool": {
    path: "/chat/completions",
    body: { messages, tools: [{ type: "function", function: search }] },
    text: "",
    calls: [{ name: "search_notes", arguments: JSON.stringify({ query: rye }) }],
  },
  responses: { path: "/responses", body: { input: sum }, text: "6 × 7 is 42.", calls: [] },
  "responses with a tool": {
    path: "/responses",
    body: { input: messages, tools: [{ type: "function", ...search }] },
    text: "",
    calls: [{ name: "search_notes", arguments: JSON.stringify({ query: rye }) }],
  },
};

/** Reads a reply in pieces of seven characters, as a slow network cuts it. */
async function read(path: string, body: object) {
  const init = { method: "POST", body: JSON.stringify({ model, ...body }) };
  const reply = await wire(`http://h/v1${path}`, init);
  const tap = new ReplyTap();
  const whole = await reply.text();
  const grown = whole.match(/[\s\S]{1,7}/g)?.map((piece) => tap.feed(piece)) ?? [];
  return { received: tap.end(reply.status), grown: grown.join("") };
}

describe.each(Object.entries(REQUESTS))("%s", (_name, { path, body, text, calls }) => {
  test("a whole reply and a stream are read alike, and a stream while it comes", async () => {
    const whole = await read(path, body);
    const usage = path === "/responses" ? {} : { stream_options: { include_usage: true } };
    const streamed = await read(path, { ...body, stream: true, ...usage });
    expect(whole.received).toMatchObject({ text, calls, error: undefined });
    expect(streamed.received).toEqual(whole.received);
    expect(streamed.grown).toBe(text);
    expect(whole.received.finish).toBe(calls.length > 0 ? "tool_calls" : "stop");
    expect(whole.received.usage?.input).toBeGreaterThan(5);
  });

  test("its prompt is read alike in both APIs", () => {
    const sent = readSent(`/v1${path}`, { model, ...body });
    expect(sent).toMatchObject({
      kind: "chat",
      model,
      tools: calls.length > 0 ? ["search_notes"] : [],
    });
    const [message] = sent && "messages" in sent ? sent.messages : [];
    expect(message).toMatchObject({ role: "user", content: calls.length > 0 ? rye : sum });
  });
});

test("a conversation with tools is the same in both APIs", () => {
  const call = { id: "c1", function: { name: "search_notes", arguments: "{}" } };
  const chat = readSent("/v1/chat/completions", {
    model,
    messages: [
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [
          { type: "text", text: rye },
          { type: "image_url", image_url: {} },
        ],
      },
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "c1", content: "4.20" },
    ],
  });
  const responses = readSent("/v1/responses", {
    model,
    instructions: "Be brief.",
    input: [
      { role: "user", content: [{ type: "input_text", text: rye }, { type: "image_url" }] },
      { type: "function_call", call_id: "c1", name: "search_notes", arguments: "{}" },
      { type: "function_call_output", call_id: "c1", output: "4.20" },
    ],
  });
  expect(responses).toEqual(chat);
  expect(chat && "messages" in chat && chat.messages.map(({ content }) => content)).toEqual([
    "Be brief.",
    `${rye}[image_url]`,
    "→ search_notes({})",
    "4.20",
  ]);
});

test("what is no call is not read as one", () => {
  expect(readSent("/v1/moderations", { model, input: "Hello" })).toBeUndefined();
  expect(readSent("/v1/chat/completions", { model, input: "Hello" })).toBeUndefined();
  expect(readSent("/v1/embeddings", { model, input: ["a", "b"] })).toMatchObject({
    texts: ["a", "b"],
  });
});

test("errors are told in the endpoint's own words, wherever it puts them", () => {
  const whole = new ReplyTap();
  whole.feed('{"error": {"message": "No such model."}}');
  expect(whole.end(404).error).toBe("No such model");
  const inside = new ReplyTap();
  inside.feed('data: {"choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n');
  inside.feed('data: {"error":{"message":"The model has crashed"}}\n\n');
  expect(inside.end(200)).toMatchObject({ text: "Half", error: "The model has crashed" });
});

test("a thought is told from the answer after it", () => {
  const tap = new ReplyTap();
  const pieces = ["<think>6 by", " 7</think>\n", "It is 42."];
  for (const content of pieces)
    tap.feed(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
  expect(tap.end(200)).toMatchObject({ thought: "6 by 7", text: "It is 42." });
});
