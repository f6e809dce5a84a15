import { ChatOpenAI, OpenAI } from "@langchain/openai";
import { afterEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { serveFaults } from "../../test/support/server.ts";
import { findLabError } from "../errors.ts";
import { editFor } from "./refused.ts";
import { liveWire, type RefusedParameter } from "./wire.ts";

type Body = Record<string, unknown> & { model: string };
/** What a server says no to: a status and a body, or undefined for a request that it takes. */
type Habit = (asked: Body) => [status: number, refusal: unknown] | undefined;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A server on loopback with a habit, and a model that talks to it as lessons do. */
async function serve(habit: Habit) {
  const server = await serveFaults((_request, response, text) => {
    const asked = JSON.parse(text) as Body;
    const no = habit(asked);
    if (no) {
      response.writeHead(no[0], { "content-type": "application/json" });
      return response.end(typeof no[1] === "string" ? no[1] : JSON.stringify(no[1]));
    }
    const message = { role: "assistant", content: '{"a":1}' };
    const whole = {
      id: "x",
      object: "chat.completion",
      choices: [{ index: 0, message, text: "Hi" }],
    };
    if (!asked.stream) {
      response.writeHead(200, { "content-type": "application/json" });
      return response.end(JSON.stringify(whole));
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = {
      id: "x",
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta: message }],
    };
    response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  });
  closing.push(server.close);
  const refused: RefusedParameter[] = [];
  const wire = liveWire({ timeoutMs: 5000, onRefused: (what) => void refused.push(what) });
  const configuration = { baseURL: server.url, fetch: wire };
  const common = { apiKey: "sk-test-123456", maxRetries: 0, configuration };
  const bodies = () => server.received.map(({ body }) => JSON.parse(body) as Body);
  return { common, refused, bodies };
}

const openai = (param: string, code: string, message: string): [number, unknown] => [
  400,
  { error: { message, type: "invalid_request_error", param, code } },
];
const isSet = (name: string) => (asked: Body) => name in asked;
/** A habit that refuses requests which have a parameter. */
const whenSet =
  (name: string, no: [number, unknown], has = isSet(name)): Habit =>
  (asked) =>
    has(asked) ? no : undefined;

const HABITS: [name: string, parameter: string, habit: Habit][] = [
  [
    "OpenAI, a value",
    "temperature",
    whenSet(
      "temperature",
      openai(
        "temperature",
        "unsupported_value",
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
      ),
    ),
  ],
  [
    "OpenAI, a parameter",
    "temperature",
    whenSet(
      "temperature",
      openai("temperature", "unsupported_parameter", "Unsupported parameter: 'temperature'."),
    ),
  ],
  [
    "FastAPI",
    "stream_options",
    whenSet("stream_options", [
      422,
      {
        detail: [
          {
            type: "extra_forbidden",
            loc: ["body", "stream_options"],
            msg: "Extra inputs are not permitted",
            input: {},
          },
        ],
      },
    ]),
  ],
  [
    "vLLM, FastAPI's list as Python writes it",
    "stream_options",
    whenSet("stream_options", [
      400,
      {
        object: "error",
        message:
          "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not permitted'}]",
        type: "BadRequestError",
        param: null,
        code: 400,
      },
    ]),
  ],
  [
    "Mistral, the list in its message",
    "stream_options",
    whenSet("stream_options", [
      422,
      {
        object: "error",
        message: { detail: [{ type: "extra_forbidden", loc: ["body", "stream_options"] }] },
      },
    ]),
  ],
  [
    "Kimi",
    "temperature",
    whenSet("temperature", [
      400,
      {
        error: {
          message: "invalid temperature: only 1 is allowed for this model",
          type: "invalid_request_error",
        },
      },
    ]),
  ],
  [
    "words alone, in an old form",
    "stream_options",
    whenSet("stream_options", [
      400,
      { error: { message: "Unrecognized request argument supplied: stream_options" } },
    ]),
  ],
  [
    "plain text",
    "temperature",
    whenSet("temperature", [400, "temperature is not supported by this model"]),
  ],
];

describe.each(HABITS)("%s refuses %s", (_name, parameter, habit) => {
  test("it is left out, told once, and remembered", async () => {
    const { common, refused, bodies } = await serve(habit);
    const model = new ChatOpenAI({ ...common, model: "gpt-test", temperature: 0 });
    for (const line of ["Hi", "And again"]) {
      let content = "";
      for await (const part of await model.stream(line)) content += part.content;
      expect(content).toBe('{"a":1}');
    }
    expect(refused.map((one) => one.parameter)).toEqual([parameter]);
    expect(bodies().map((body) => parameter in body)).toEqual([true, false, false]);
    expect(bodies().at(-1)).toMatchObject({ model: "gpt-test", stream: true });
  });
});

test("each of several is left out, and another model is asked with all of them", async () => {
  const { common, refused, bodies } = await serve((asked) => {
    if (asked.model === "other") return undefined;
    const name = ["temperature", "top_p", "stream_options"].find((one) => one in asked);
    return name === undefined ? undefined : openai(name, "unsupported_parameter", "no");
  });
  const given = { ...common, temperature: 0, topP: 0.5 };
  for await (const _ of await new ChatOpenAI({ ...given, model: "one" }).stream("Hi"));
  for await (const _ of await new ChatOpenAI({ ...given, model: "other" }).stream("Hi"));
  expect(refused.map(({ model, parameter }) => [model, parameter])).toEqual([
    ["one", "temperature"],
    ["one", "top_p"],
    ["one", "stream_options"],
  ]);
  expect(bodies().at(-1)).toMatchObject({ temperature: 0, top_p: 0.5 });
});

test("a value that the learner chose is told, though the parameter is known not to be taken", async () => {
  const { common, refused, bodies } = await serve(
    whenSet("temperature", openai("temperature", "unsupported_value", "no")),
  );
  for (const temperature of [0, 0, 1.5])
    await new ChatOpenAI({ ...common, model: "m", temperature }).invoke("Hi");
  expect(refused.map(({ value }) => value)).toEqual([0, 1.5]);
  expect(bodies()).toHaveLength(4);
});

test.each([
  ["max_tokens", "max_completion_tokens", "gpt-test"],
  // LangChain uses the new name for models that reason.
  ["max_completion_tokens", "max_tokens", "o3"],
])("%s goes on as %s", async (old, other, name) => {
  const { common, refused, bodies } = await serve(
    whenSet(old, openai(old, "unsupported_parameter", `Use '${other}' instead.`)),
  );
  const model = new ChatOpenAI({ ...common, model: name, maxTokens: 9 });
  await model.invoke("Hi");
  expect(refused).toEqual([{ model: name, parameter: old, value: 9, instead: other }]);
  expect(bodies().at(-1)).toMatchObject({ [other]: 9 });
  expect(bodies().at(-1)).not.toHaveProperty(old);
});

test("a limit that is taken under neither name is left out", async () => {
  const names = ["max_tokens", "max_completion_tokens"];
  const { common, bodies } = await serve((asked) => {
    const name = names.find((one) => one in asked);
    return name === undefined ? undefined : [400, { error: { message: `unknown field: ${name}` } }];
  });
  await new ChatOpenAI({ ...common, model: "m", maxTokens: 9 }).invoke("Hi");
  expect(bodies()).toHaveLength(3);
  for (const name of names) expect(bodies().at(-1)).not.toHaveProperty(name);
});

test.each<[string, Habit]>([
  [
    "by its place",
    whenSet(
      "",
      openai("response_format.json_schema.strict", "unsupported_parameter", "no"),
      (asked) => JSON.stringify(asked).includes('"strict"'),
    ),
  ],
  [
    "in words",
    whenSet("", [400, { error: { message: "strict is not supported" } }], (asked) =>
      JSON.stringify(asked).includes('"strict"'),
    ),
  ],
])("a strict schema that is refused %s is sent as one that is not strict", async (_name, habit) => {
  const { common, refused, bodies } = await serve(habit);
  const model = new ChatOpenAI({ ...common, model: "gpt-4o" });
  const shape = z.object({ a: z.number() });
  const read = model.withStructuredOutput(shape, {
    method: "jsonSchema",
    name: "shape",
    strict: true,
  });
  expect(await read.invoke("Hi")).toEqual({ a: 1 });
  expect(refused[0]?.parameter).toBe("response_format.json_schema.strict");
  expect(bodies().at(-1)).toHaveProperty("response_format.json_schema.schema");
});

test("logprobs of a completion are left out where the model gives none", async () => {
  const { common, refused } = await serve(
    whenSet("logprobs", [400, { error: { message: "logprobs must be at most 5" } }]),
  );
  const modelKwargs = { logprobs: 10 };
  await new OpenAI({ ...common, model: "base", modelKwargs }).invoke("Hi");
  expect(refused).toMatchObject([{ parameter: "logprobs", value: 10 }]);
});

test.each<[string, [number, unknown]]>([
  [
    "about the length",
    openai("messages", "context_length_exceeded", "max_tokens is too large: context length 10"),
  ],
  ["about what was asked", openai("messages", "invalid_value", "Invalid value: messages")],
  [
    "about a parameter that was not sent",
    openai("top_p", "unsupported_parameter", "Unsupported: top_p"),
  ],
  ["that says nothing", [400, ""]],
])("a refusal %s stays one", async (_name, no) => {
  const { common, refused, bodies } = await serve(() => no);
  const model = new ChatOpenAI({ ...common, model: "m", temperature: 0, maxTokens: 5 });
  const error = await model.invoke("Hi").catch((thrown: unknown) => thrown);
  expect(findLabError(error)?.message).toMatch(/refused the request|too long/);
  expect([refused.length, bodies().length]).toEqual([0, 1]);
});

test("a server that goes on refusing what is left out is not asked for ever", async () => {
  const no: [number, unknown] = [400, { error: { message: "invalid temperature" } }];
  const { common, bodies } = await serve(() => no);
  const model = new ChatOpenAI({ ...common, model: "m", temperature: 0 });
  const error = await model.invoke("Hi").catch((thrown: unknown) => thrown);
  expect(findLabError(error)?.message).toMatch(/invalid temperature/);
  expect(bodies()).toHaveLength(2);
});

test("other failures have nothing to leave out", () => {
  const refusal = JSON.stringify({ error: { param: "temperature", message: "unsupported" } });
  expect(editFor(401, refusal, { temperature: 0 }, [])).toBeUndefined();
  expect(editFor(400, refusal, { temperature: 0 }, [])).toEqual({ path: ["temperature"] });
});
