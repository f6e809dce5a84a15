import OpenAI from "openai";
import type { ResponseCreateParamsNonStreaming } from "openai/resources/responses/responses";
import { describe, expect, test } from "vitest";
import { offlineWire } from "../app.ts";

const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length;
const client = new OpenAI({
  apiKey: "none",
  baseURL: "http://offline.invalid/v1",
  maxRetries: 0,
  fetch: offlineWire({ countTokens }),
});
const model = "offline-tutor";
const sum = "What is 6 times 7?";
const text = (type: string, ...texts: string[]) => texts.map((text) => ({ type, text }));
const search = {
  type: "function" as const,
  name: "search_notes",
  description: "Search the notes of the bakery.",
  parameters: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
  strict: true,
};
const rye = "How much is a loaf of rye?";
const NOTE = "Source: prices.md\nA loaf of rye costs 4.20 euros.";
const call = {
  type: "function_call",
  call_id: "call_1",
  name: "search_notes",
  arguments: '{"query":"rye"}',
};
const found = (output: unknown) => ({ type: "function_call_output", call_id: "call_1", output });
const create = (body: object) =>
  client.responses.create({ model, ...body } as ResponseCreateParamsNonStreaming);

describe("input in every form gets an answer", () => {
  test.each<[string, object, string | RegExp]>([
    ["a string", { input: sum }, "6 × 7 is 42."],
    ["a message", { input: [{ role: "user", content: sum }] }, "6 × 7 is 42."],
    [
      "a message with its type and parts",
      {
        input: [
          { type: "message", role: "user", content: text("input_text", "What is 6 ", "times 7?") },
        ],
      },
      "6 × 7 is 42.",
    ],
    [
      "a conversation, the assistant's part as it was given",
      {
        input: [
          { role: "user", content: "My name is Ada." },
          {
            type: "message",
            id: "msg_1",
            status: "completed",
            role: "assistant",
            content: text("output_text", "Hello Ada!"),
          },
          { role: "user", content: "What is my name?" },
        ],
      },
      /Ada/,
    ],
    [
      "instructions, with a context to answer from",
      {
        instructions: `Answer from this context only.\n\nContext:\n${NOTE}`,
        input: `Context:\n${NOTE}\n\nQuestion: ${rye}`,
      },
      /4\.20/,
    ],
    [
      "a call and what the function found",
      { input: [{ role: "user", content: rye }, call, found(NOTE)], tools: [search] },
      /4\.20 euros/,
    ],
    [
      "what the function found in parts",
      { input: [{ role: "user", content: rye }, call, found(text("input_text", NOTE))] },
      /4\.20 euros/,
    ],
    [
      "thoughts of another model",
      {
        input: [
          { type: "reasoning", id: "rs_1", summary: [] },
          { role: "user", content: sum },
        ],
      },
      "6 × 7 is 42.",
    ],
    [
      "what changes nothing here",
      {
        input: sum,
        store: true,
        temperature: 0.2,
        top_p: 0.9,
        truncation: "auto",
        metadata: { a: "b" },
        include: ["reasoning.encrypted_content"],
        user: "u",
        service_tier: "auto",
        reasoning: null,
        background: false,
        previous_response_id: null,
      },
      "6 × 7 is 42.",
    ],
  ])("%s", async (_name, body, expected) => {
    const response = await create(body);
    expect(response).toMatchObject({ object: "response", status: "completed", error: null });
    if (typeof expected === "string") expect(response.output_text).toBe(expected);
    else expect(response.output_text).toMatch(expected);
  });
});

test("a whole response has its usage, and the same request the same response", async () => {
  const [one, other] = [await create({ input: sum }), await create({ input: sum })];
  expect(other).toEqual(one);
  expect(one.usage).toMatchObject({ input_tokens: 12, output_tokens: 5, total_tokens: 17 });
  expect(one.output).toEqual([
    expect.objectContaining({ type: "message", role: "assistant", status: "completed" }),
  ]);
  expect(
    await client.post("/responses/input_tokens", { body: { model, input: sum } }),
  ).toMatchObject({ input_tokens: 12 });
});

test("a limit of tokens makes it incomplete", async () => {
  const body = { input: "What is an embedding?", max_output_tokens: 16 };
  const response = await create(body);
  expect(response).toMatchObject({
    status: "incomplete",
    incomplete_details: { reason: "max_output_tokens" },
    output: [{ status: "incomplete" }],
    usage: { output_tokens: 16 },
  });
  const events = client.responses.stream({ model, ...body });
  const types: string[] = [];
  for await (const { type } of events) types.push(type);
  expect(types.at(-1)).toBe("response.incomplete");
});

test("a reply of text is streamed in OpenAI's events, in their order", async () => {
  const { types, numbers, deltas, last } = await streamed({ input: sum });
  expect(types).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    ...Array(5).fill("response.output_text.delta"),
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  expect(numbers).toEqual(numbers.map((_, at) => at));
  expect(deltas).toBe("6 × 7 is 42.");
  const whole = await create({ input: sum });
  // A request for a stream is another request, so its id differs.
  expect(last).toEqual({ ...whole, id: last.id });
});

test("so is a call of a function", async () => {
  const { types, deltas, last } = await streamed({ input: rye, tools: [search] });
  const given = JSON.stringify({ query: rye });
  expect(deltas).toBe(given);
  expect(types.filter((type) => !type.endsWith(".delta"))).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.function_call_arguments.done",
    "response.output_item.done",
    "response.completed",
  ]);
  expect(last.output).toEqual([
    expect.objectContaining({ type: "function_call", name: "search_notes", arguments: given }),
  ]);
});

test("an item can be sent by its id alone, though nothing is kept", async () => {
  const input = [{ role: "user" as const, content: rye }];
  const first = await create({ input, tools: [search] });
  const [asked] = first.output;
  if (asked?.type !== "function_call") throw new Error("no call");
  const second = await create({
    tools: [search],
    input: [
      ...input,
      { type: "item_reference", id: asked.id },
      { type: "function_call_output", call_id: asked.call_id, output: NOTE },
    ],
  });
  expect(second.output_text).toContain("4.20");
});

async function streamed(body: object) {
  const stream = await client.responses.create({ model, ...body, stream: true });
  const events: OpenAI.Responses.ResponseStreamEvent[] = [];
  for await (const event of stream) events.push(event);
  const last = events.at(-1)!;
  if (!("response" in last)) throw new Error("no response at the end");
  return {
    types: events.map(({ type }) => type),
    numbers: events.map(({ sequence_number: number }) => number),
    deltas: events.map((event) => ("delta" in event ? event.delta : "")).join(""),
    last: { ...last.response, output_text: outputText(last.response) },
  };
}

const outputText = ({ output }: OpenAI.Responses.Response) =>
  output
    .flatMap((item) => (item.type === "message" ? item.content : []))
    .map((part) => (part.type === "output_text" ? part.text : ""))
    .join("");
