import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { offlineWire } from "./app.ts";

const client = new OpenAI({
  apiKey: "none",
  baseURL: "http://offline.invalid/v1",
  maxRetries: 0,
  fetch: offlineWire({ countTokens: (text) => text.split(/\s+/).filter(Boolean).length }),
});
const model = "offline-tutor";
const image = { url: "data:image/png;base64,iVBORw0KGgo=" };
const f = (parameters: object) => ({ type: "function", function: { name: "f", parameters } });

/**
 * What is sent beside a plain question, the parameter that the error names, its code, and its
 * words.
 */
type Case = [name: string, body: object, param: string | null, code: string | null, words: RegExp];

const BOTH: Case[] = [
  [
    "a temperature above 2",
    { temperature: 9 },
    "temperature",
    "integer_above_max_value",
    /<= 2, but got 9/,
  ],
  [
    "a temperature below 0",
    { temperature: -0.5 },
    "temperature",
    "decimal_below_min_value",
    />= 0/,
  ],
  [
    "a temperature in words",
    { temperature: "hot" },
    "temperature",
    "invalid_type",
    /expected a decimal, but got a string/,
  ],
  ["top_p above 1", { top_p: 1.5 }, "top_p", "decimal_above_max_value", /<= 1/],
  [
    "probabilities",
    { top_logprobs: 5 },
    "top_logprobs",
    "unsupported_parameter",
    /has no probabilities/,
  ],
  ["a parameter that nobody knows", { top_k: 3 }, null, "unknown_parameter", /'top_k'/],
];

const CHAT: Case[] = [
  [
    "logprobs",
    { logprobs: true },
    "logprobs",
    "unsupported_parameter",
    /not supported with this model/,
  ],
  [
    "five stops",
    { stop: ["a", "b", "c", "d", "e"] },
    "stop",
    "array_above_max_length",
    /maximum length 4/,
  ],
  ["no choice at all", { n: 0 }, "n", "integer_below_min_value", />= 1/],
  ["a seed that is none", { seed: "x" }, "seed", "invalid_type", /got a string/],
  ["a bias of words", { logit_bias: { 50256: -100 } }, "logit_bias", "unsupported_parameter", /./],
  ["audio to come", { modalities: ["text", "audio"] }, "modalities[1]", "invalid_value", /./],
  ["hard thinking", { reasoning_effort: "high" }, "reasoning_effort", "unsupported_parameter", /./],
  ["few words", { verbosity: "low" }, "verbosity", "invalid_value", /medium/],
  ["old functions", { functions: [{ name: "f" }] }, "functions", "unsupported_parameter", /tools/],
  [
    "two limits",
    { max_tokens: 5, max_completion_tokens: 5 },
    "max_tokens",
    "invalid_parameter_combination",
    /same time/,
  ],
  [
    "an image",
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: image }] }] },
    "messages[0].content[0].type",
    "invalid_value",
    /image_url is only supported by certain models/,
  ],
  [
    "a sound",
    { messages: [{ role: "user", content: [{ type: "input_audio", input_audio: {} }] }] },
    "messages[0].content[0].type",
    "invalid_value",
    /input_audio/,
  ],
  [
    "a part of an unknown type",
    { messages: [{ role: "user", content: [{ type: "smell" }] }] },
    "messages[0].content[0].type",
    "invalid_value",
    /'smell'.*'text'/,
  ],
  [
    "a tool that is no function",
    { tools: [{ type: "web_search" }] },
    "tools[0].type",
    "unsupported_value",
    /functions only/,
  ],
  [
    "a function with a space",
    { tools: [{ type: "function", function: { name: "a b" } }] },
    "tools[0].function.name",
    "invalid_value",
    /letters/,
  ],
  [
    "a choice of no tool",
    { tools: [f({})], tool_choice: { type: "function", function: { name: "g" } } },
    "tool_choice",
    "invalid_value",
    /'g'/,
  ],
  [
    "an answer to no call",
    {
      messages: [
        { role: "user", content: "Hi" },
        { role: "tool", content: "x", tool_call_id: "c" },
      ],
    },
    "messages.[1].role",
    null,
    /must be a response to/,
  ],
  [
    "a call without an answer",
    {
      messages: [
        {
          role: "assistant",
          tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "user", content: "Hi" },
      ],
    },
    "messages.[1].role",
    null,
    /did not have response messages: c1/,
  ],
  [
    "an object that no message speaks of",
    { response_format: { type: "json_object" } },
    "messages",
    null,
    /the word 'json'/,
  ],
  [
    "a schema without a name",
    { response_format: { type: "json_schema", json_schema: { schema: {} } } },
    "response_format.json_schema.name",
    "missing_required_parameter",
    /./,
  ],
  [
    "an unknown format",
    { response_format: { type: "yaml" } },
    "response_format.type",
    "invalid_value",
    /./,
  ],
];

const RESPONSES: Case[] = [
  [
    "an earlier response",
    { previous_response_id: "resp_1" },
    "previous_response_id",
    "unsupported_parameter",
    /send the earlier items in 'input'/,
  ],
  [
    "a conversation",
    { conversation: "conv_1" },
    "conversation",
    "unsupported_parameter",
    /keeps nothing/,
  ],
  ["work in the background", { background: true }, "background", "unsupported_parameter", /./],
  ["a kept prompt", { prompt: { id: "p" } }, "prompt", "unsupported_parameter", /'instructions'/],
  [
    "a search of the web",
    { tools: [{ type: "web_search" }] },
    "tools[0].type",
    "unsupported_value",
    /'web_search' is not supported/,
  ],
  [
    "a computer",
    { tools: [{ type: "computer_use_preview" }] },
    "tools[0].type",
    "unsupported_value",
    /functions only/,
  ],
  [
    "a tool as chat completions have it",
    { tools: [f({})] },
    "tools[0].name",
    "missing_required_parameter",
    /./,
  ],
  [
    "hard thinking",
    { reasoning: { effort: "high" } },
    "reasoning.effort",
    "unsupported_parameter",
    /./,
  ],
  ["few words", { text: { verbosity: "low" } }, "text.verbosity", "invalid_value", /medium/],
  [
    "hardly any tokens",
    { max_output_tokens: 5 },
    "max_output_tokens",
    "integer_below_min_value",
    />= 16, but got 5/,
  ],
  [
    "probabilities to include",
    { include: ["message.output_text.logprobs"] },
    "include[0]",
    "unsupported_parameter",
    /./,
  ],
  [
    "no input",
    { input: undefined },
    "input",
    "missing_required_parameter",
    /Missing required parameter/,
  ],
  ["an empty list", { input: [] }, "input", "empty_array", /./],
  [
    "an image",
    { input: [{ role: "user", content: [{ type: "input_image", image_url: "x" }] }] },
    "input[0].content[0].type",
    "invalid_value",
    /input_image is only supported by certain models/,
  ],
  [
    "a part of chat completions",
    { input: [{ role: "user", content: [{ type: "text", text: "x" }] }] },
    "input[0].content[0].type",
    "invalid_value",
    /'input_text'/,
  ],
  [
    "an item of a hosted tool",
    { input: [{ type: "web_search_call", id: "ws_1" }] },
    "input[0].type",
    "invalid_value",
    /'web_search_call' are not supported/,
  ],
  [
    "an answer to no call",
    { input: [{ type: "function_call_output", call_id: "c", output: "x" }] },
    "input",
    null,
    /No tool call found for function call output with call_id c/,
  ],
  [
    "a call without an answer",
    { input: [{ type: "function_call", call_id: "c", name: "f", arguments: "{}" }] },
    "input",
    null,
    /No tool output found for function call c/,
  ],
  [
    "a choice of no tool",
    { tool_choice: { type: "function", name: "g" } },
    "tool_choice",
    "invalid_value",
    /'g' not found/,
  ],
  [
    "an object that no message speaks of",
    { text: { format: { type: "json_object" } } },
    "input",
    null,
    /the word 'json'/,
  ],
];

async function errorOf(path: string, body: object) {
  return refusal(client.post(path, { body }), OpenAI.BadRequestError);
}

/** The error of a request, which must be of a class of the client's own. */
async function refusal(asked: Promise<unknown>, kind: new (...args: never[]) => Error) {
  const error: unknown = await asked.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(kind);
  const { param, code, type, message } = error as InstanceType<typeof OpenAI.APIError>;
  expect(type).toBe("invalid_request_error");
  return { param, code, message };
}

describe("chat completions refuse", () => {
  test.each([...BOTH, ...CHAT])("%s", async (_name, body, param, code, words) => {
    const messages = [{ role: "user", content: "Hi" }];
    const error = await errorOf("/chat/completions", { model, messages, ...body });
    expect([error.param, error.code]).toEqual([param, code]);
    expect(error.message).toMatch(words);
  });
});

describe("responses refuse", () => {
  test.each([...BOTH, ...RESPONSES])("%s", async (_name, body, param, code, words) => {
    const error = await errorOf("/responses", { model, input: "Hi", ...body });
    expect([error.param, error.code]).toEqual([param, code]);
    expect(error.message).toMatch(words);
  });

  test.each([
    [
      "an item that is not carried by its id",
      () => client.responses.create({ model, input: [{ type: "item_reference", id: "msg_x" }] }),
    ],
    ["a response that was given before", () => client.responses.retrieve("resp_1")],
    ["its items", () => client.responses.inputItems.list("resp_1").then((page) => page.data)],
  ])("%s, which is not found", async (_name, ask) => {
    const error = await refusal(ask(), OpenAI.NotFoundError);
    expect(error.message).toMatch(/This endpoint keeps no/);
  });
});
