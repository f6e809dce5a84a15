import { ChatOpenAI } from "@langchain/openai";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { scripted, strictEndpoint } from "./main.ts";

type Fields = Record<string, unknown>;
const user = { role: "user", content: "Hi" };
const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
const asks = { role: "assistant", content: null, tool_calls: [call] };
const answers = { role: "tool", tool_call_id: "call_1", content: "7" };
const sound = { type: "object", properties: {}, required: [], additionalProperties: false };
const fn = (parameters: unknown, strict?: boolean) => ({
  type: "function",
  function: { name: "look", parameters, ...(strict !== undefined && { strict }) },
});
const held = (schema: Fields) => ({
  response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
});

/** Sends a body; gives the status and, where it was refused, the error. */
async function ask(body: Fields, path = "chat/completions", options = {}) {
  const endpoint = strictEndpoint({ replies: scripted(() => "Yes."), ...options });
  const response = await endpoint.fetch(`http://any/v1/${path}`, {
    method: "POST",
    body: JSON.stringify({ model: "gpt-4o", messages: [user], ...body }),
  });
  const { error } = (await response.json()) as { error?: Fields };
  return { status: response.status, ...error };
}

/** What goes wrong, what is sent, and OpenAI's own words for it, with its param and code. */
type Case = [what: string, body: Fields, message: string, param: string | null, code?: string];

const REFUSED: Case[] = [
  [
    "trimming cut the call off, and left its result",
    { messages: [user, answers] },
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    "messages.[1].role",
  ],
  [
    "a tool was called, and its result is missing",
    { messages: [user, asks, user] },
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_1",
    "messages.[2].role",
  ],
  [
    "the history ends with a call",
    { messages: [user, asks] },
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_1",
    "messages.[2].role",
  ],
  [
    "my memory gave no messages",
    { messages: [] },
    "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
    "messages",
    "empty_array",
  ],
  [
    "a message has null in it",
    { messages: [{ role: "user", content: null }] },
    "Invalid value for 'content': expected a string, got null.",
    "messages.[0].content",
  ],
  [
    "a message of the user is empty",
    { messages: [{ role: "user", content: "" }] },
    "messages: text content blocks must be non-empty",
    "messages.[0].content",
  ],
  [
    "I wrote human for user",
    { messages: [{ role: "human", content: "Hi" }] },
    "Invalid value: 'human'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.",
    "messages[0].role",
    "invalid_value",
  ],
  [
    "I mistyped a parameter",
    { temprature: 0 },
    "Unrecognized request argument supplied: temprature",
    null,
  ],
  [
    "a parameter is out of range",
    { temperature: 3 },
    "Invalid 'temperature': integer above maximum value. Expected a value <= 2, but got 3 instead.",
    "temperature",
    "integer_above_max_value",
  ],
  [
    "a model that thinks gets a temperature",
    { model: "gpt-5-mini", temperature: 0 },
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    "temperature",
    "unsupported_value",
  ],
  [
    "one that thinks unless told not to, too",
    { model: "gpt-6-luna", temperature: 0 },
    "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
    "temperature",
    "unsupported_value",
  ],
  [
    "a model that thinks gets max_tokens",
    { model: "o3", max_tokens: 100 },
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    "max_tokens",
    "unsupported_parameter",
  ],
  [
    "a model that thinks gets stop texts",
    { model: "gpt-5", stop: ["\nObservation:"] },
    "Unsupported parameter: 'stop' is not supported with this model.",
    "stop",
    "unsupported_parameter",
  ],
  [
    "a model that does not think is told how much to",
    { model: "gpt-4o-mini", reasoning_effort: "low" },
    "Unrecognized request argument supplied: reasoning_effort",
    null,
  ],
  [
    "an effort that the model does not know",
    { model: "gpt-5.1", reasoning_effort: "minimal" },
    "Unsupported value: 'minimal' is not supported with the 'gpt-5.1' model. Supported values are: 'none', 'low', 'medium', and 'high'.",
    "reasoning_effort",
    "unsupported_value",
  ],
  [
    "tools with thought, which it does unless told not to",
    { model: "gpt-6-luna", tools: [fn(sound)] },
    "Function tools with reasoning_effort are not supported for gpt-6-luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.",
    "reasoning_effort",
  ],
  [
    "a reply may be longer than the model writes",
    { max_tokens: 32_000 },
    "max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000.",
    "max_tokens",
  ],
  [
    "the old role of functions at a new model",
    { model: "o3", messages: [{ role: "function", name: "f", content: "7" }, user] },
    "Unsupported value: 'messages[0].role' does not support 'function' with this model.",
    "messages[0].role",
    "unsupported_value",
  ],
  [
    "an empty list of tools",
    { tools: [] },
    "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.",
    "tools",
    "empty_array",
  ],
  [
    "a choice of tools without tools",
    { tool_choice: "auto" },
    "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
    "tool_choice",
  ],
  [
    "JSON is asked for, and no message speaks of it",
    { response_format: { type: "json_object" } },
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    "messages",
  ],
  [
    "a strict schema does not close its object",
    held({ type: "object", properties: { a: { type: "string" } }, required: ["a"] }),
    "Invalid schema for response_format 'answer': In context=(), 'additionalProperties' is required to be supplied and to be false.",
    "response_format",
  ],
  [
    "a strict schema has an optional key, deep inside",
    held({
      ...sound,
      properties: {
        all: {
          type: "array",
          items: {
            ...sound,
            properties: { name: { type: "string" }, role: { type: "string" } },
            required: ["name"],
          },
        },
      },
      required: ["all"],
    }),
    "Invalid schema for response_format 'answer': In context=('properties', 'all', 'items'), 'required' is required to be supplied and to be an array including every key in properties. Missing 'role'.",
    "response_format",
  ],
  [
    "a union that Zod writes as oneOf",
    held({ ...sound, properties: { data: { oneOf: [sound] } }, required: ["data"] }),
    "Invalid schema for response_format 'answer': In context=('properties', 'data'), 'oneOf' is not permitted.",
    "response_format",
  ],
  [
    "a schema that is a list",
    held({ type: "array", items: { type: "string" } }),
    "Invalid schema for response_format 'answer': schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'.",
    "response_format",
  ],
  [
    "a schema at a model that takes none",
    { model: "gpt-4", ...held(sound) },
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    "response_format",
  ],
  [
    "a list of a tool that does not say of what",
    { tools: [fn({ type: "object", properties: { paths: { type: "array" } } })] },
    "Invalid schema for function 'look': In context=('properties', 'paths'), array schema missing items.",
    "tools[0].function.parameters",
    "invalid_function_parameters",
  ],
  [
    "a tool without properties",
    { tools: [fn({ type: "object" })] },
    "Invalid schema for function 'look': In context=(), object schema missing properties.",
    "tools[0].function.parameters",
    "invalid_function_parameters",
  ],
  [
    "a tool whose arguments are a union",
    { tools: [fn({ type: "object", anyOf: [sound] })] },
    "Invalid schema for function 'look': schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.",
    "tools[0].function.parameters",
    "invalid_function_parameters",
  ],
  [
    "a strict tool with an optional argument",
    { tools: [fn({ ...sound, properties: { q: { type: "string" } } }, true)] },
    "Invalid schema for function 'look': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'q'.",
    "tools[0].function.parameters",
    "invalid_function_parameters",
  ],
];

test.each(REFUSED)("refused: %s", async (_what, body, message, param, code = null as never) => {
  expect(await ask(body)).toEqual({
    status: 400,
    message,
    param,
    code,
    type: "invalid_request_error",
  });
});

const TAKEN: [what: string, body: Fields][] = [
  ["a plain request", {}],
  ["a call with its result", { messages: [user, asks, answers, user] }],
  ["a temperature, at a model that does not think", { temperature: 0, stop: ["x"], max_tokens: 9 }],
  ["the default of a model that thinks", { model: "o3", temperature: 1, top_p: 1 }],
  [
    "a temperature without thought",
    { model: "gpt-6-luna", temperature: 0, reasoning_effort: "none" },
  ],
  ["a model that does not think by itself", { model: "gpt-5.1", temperature: 0 }],
  ["the chat model of its family", { model: "gpt-5-chat-latest", temperature: 0 }],
  ["tools without thought", { model: "gpt-6-luna", reasoning_effort: "none", tools: [fn(sound)] }],
  [
    "models of others, with parameters that we know nothing of them",
    { model: "llama-3.3", temperature: 0 },
  ],
  [
    "an optional argument of a tool that is not strict",
    { tools: [fn({ ...sound, properties: { q: { type: "string" } } })] },
  ],
  ["a tool without arguments", { tools: [fn(undefined)] }],
  [
    "a strict schema with null for what may be missing",
    held({ ...sound, properties: { a: { type: ["string", "null"] } }, required: ["a"] }),
  ],
  [
    "pictures",
    {
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }],
    },
  ],
  ["probabilities", { logprobs: true, top_logprobs: 2, logit_bias: { "1": 5 } }],
];

test.each(TAKEN)("taken: %s", async (_what, body) => {
  expect(await ask(body)).toEqual({ status: 200 });
});

describe("a prompt that is too long", () => {
  const long = { messages: [{ role: "user", content: "word ".repeat(200) }] };

  test("by the model's own limit", async () => {
    const content = "word ".repeat(9000);
    expect(await ask({ model: "gpt-4", messages: [{ role: "user", content }] })).toMatchObject({
      status: 400,
      code: "context_length_exceeded",
      param: "messages",
      message: expect.stringMatching(
        /^This model's maximum context length is 8192 tokens\. However, your messages resulted in 9\d{3} tokens\. Please reduce the length of the messages\.$/,
      ),
    });
  });

  test("by the limit that my test sets", async () => {
    const { message } = (await ask(long, undefined, { contextWindow: 100 })) as Fields;
    expect(message).toMatch(/^This model's maximum context length is 100 tokens\./);
    expect(await ask({}, undefined, { contextWindow: 100 })).toEqual({ status: 200 });
  });

  test("with the reply that I leave room for", async () => {
    const { message } = (await ask({ max_tokens: 95 }, undefined, {
      contextWindow: 100,
    })) as Fields;
    expect(message).toBe(
      "This model's maximum context length is 100 tokens. However, you requested 103 tokens (8 in the messages, 95 in the completion). Please reduce the length of the messages or completion.",
    );
  });

  test("at a model whose input alone is limited", async () => {
    const content = "word ".repeat(272_500);
    const { message } = (await ask({
      model: "gpt-5",
      messages: [{ role: "user", content }],
    })) as Fields;
    expect(message).toMatch(
      /^Input tokens exceed the configured limit of 272000 tokens\. Your messages resulted in 272\d{3} tokens\./,
    );
  });
});

describe("the responses API", () => {
  const responses: Case[] = [
    [
      "a result without its call",
      { input: [{ type: "function_call_output", call_id: "c1", output: "7" }] },
      "No tool call found for function call output with call_id c1.",
      "input",
    ],
    [
      "a call without its result",
      { input: [{ type: "function_call", call_id: "c1", name: "f", arguments: "{}" }] },
      "No tool output found for function call c1.",
      "input",
    ],
    [
      "a parameter of the chat",
      { input: "Hi", max_tokens: 5 },
      "Unknown parameter: 'max_tokens'.",
      null,
      "unknown_parameter",
    ],
    [
      "a temperature with thought",
      { model: "gpt-6-luna", input: "Hi", temperature: 0 },
      "Unsupported parameter: 'temperature' is not supported with this model.",
      "temperature",
      "unsupported_parameter",
    ],
    [
      "a choice without tools",
      { input: "Hi", tool_choice: "required" },
      "Tool choice 'required' must be specified with 'tools' parameter.",
      "tool_choice",
    ],
    [
      "a tool with a list of nothing",
      {
        input: "Hi",
        tools: [
          {
            type: "function",
            name: "look",
            parameters: { type: "object", properties: { a: { type: "array" } } },
          },
        ],
      },
      "Invalid schema for function 'look': In context=('properties', 'a'), array schema missing items.",
      "tools[0].parameters",
      "invalid_function_parameters",
    ],
  ];

  test.each(responses)("refused: %s", async (_what, body, message, param, code) => {
    const given = { messages: undefined, ...body };
    expect(await ask(given, "responses")).toMatchObject({
      status: 400,
      message,
      param,
      code: code ?? null,
    });
  });

  test("taken: tools with thought, and what the endpoint keeps", async () => {
    const tools = [{ type: "function", name: "look", parameters: sound }, { type: "web_search" }];
    const more = { previous_response_id: "resp_1", store: true };
    const output = { type: "function_call_output", call_id: "c1", output: "7" };
    const body = { model: "gpt-6-luna", messages: undefined, input: [output], tools, ...more };
    expect(await ask(body, "responses")).toEqual({ status: 200, type: undefined });
  });
});

describe("vectors", () => {
  const embed = (input: unknown, model = "text-embedding-3-small") =>
    ask({ model, input, messages: undefined }, "embeddings");

  test("refused: a text that is too long", async () => {
    expect(await embed(["kettle", "word ".repeat(9000)])).toMatchObject({
      status: 400,
      message: "Invalid 'input': maximum context length is 8192 tokens.",
    });
  });

  test("refused: an empty text among others", async () => {
    expect(await embed(["kettle", ""])).toMatchObject({
      status: 400,
      message:
        "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.",
    });
  });

  test("taken: texts that are as long as they may be, and long ones at other models", async () => {
    expect(await embed(["kettle", "word ".repeat(8000)])).toEqual({ status: 200 });
    expect(await embed("word ".repeat(9000), "nomic-embed-text")).toEqual({ status: 200 });
  });
});

describe("in a program", () => {
  const open = (endpoint: ReturnType<typeof strictEndpoint>, more = {}) =>
    new ChatOpenAI({
      model: "gpt-4o-mini",
      apiKey: "none",
      maxRetries: 0,
      configuration: { fetch: endpoint.fetch },
      ...more,
    });

  test("LangChain's own structured output passes, and comes from my script", async () => {
    const endpoint = strictEndpoint({ replies: [{ json: { city: "Oslo" } }] });
    const model = open(endpoint).withStructuredOutput(z.object({ city: z.string() }), {
      method: "jsonSchema",
      strict: true,
    });
    expect(await model.invoke("Where?")).toEqual({ city: "Oslo" });
  });

  test("a refusal is the client's own error, and is written down", async () => {
    const endpoint = strictEndpoint();
    const model = open(endpoint, { model: "gpt-5-mini", temperature: 0 });
    const error = await model.invoke("Hi").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(endpoint.calls[0]?.reply).toMatchObject({
      status: 400,
      error: expect.stringMatching(/^Unsupported value: 'temperature'/),
    });
  });

  test("what is sound is answered by llm-lab's own model", async () => {
    const endpoint = strictEndpoint();
    expect((await open(endpoint).invoke("What is 6 times 7?")).content).toContain("42");
  });

  test("a nested script keeps its replies for sound requests", async () => {
    const script = scripted(["Yes."]);
    const endpoint = strictEndpoint({ replies: script });
    await expect(open(endpoint, { stop: ["x"], model: "o3" }).invoke("Hi")).rejects.toThrow();
    expect(script.left).toBe(1);
    expect((await open(endpoint).invoke("Hi")).content).toBe("Yes.");
  });
});
