import type { IncomingMessage, ServerResponse } from "node:http";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { afterEach, describe, expect, test } from "vitest";
import { serveFaults } from "../../test/support/server.ts";
import { findLabError } from "../errors.ts";
import { liveWire } from "./wire.ts";

type Reply = (response: ServerResponse, count: number, request: IncomingMessage) => void;

const KEY = "sk-test-1234567890";
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const json =
  (status: number, body: unknown, headers = {}): Reply =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
const failure = (status: number, message: string, code: string | null = null, headers = {}) =>
  json(status, { error: { message, code, type: "x" } }, headers);
const text =
  (body: string, type = "text/html"): Reply =>
  (response) => {
    response.writeHead(200, { "content-type": type });
    response.end(body);
  };
const chunk = (content: string) =>
  `data: ${JSON.stringify({ id: "x", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
const events = (...lines: string[]): Reply => text(lines.join(""), "text/event-stream");
const good = events(chunk("Hello"), chunk(" there"), "data: [DONE]\n\n");

/** Asks as a lesson does, streamed; tells what came, what failed, and how many requests it took. */
async function ask(reply: Reply, options: { timeoutMs?: number; deadlineMs?: number } = {}) {
  const server = await serveFaults((request, response, _body, count) =>
    reply(response, count, request),
  );
  closing.push(server.close);
  const retries: string[] = [];
  const wire = liveWire({
    timeoutMs: options.timeoutMs ?? 5000,
    deadlineMs: options.deadlineMs ?? 5000,
    backoffMs: 1,
    keyOrigin: "OPENAI_API_KEY in line 1 of .env",
    onRetry: ({ reason }) => void retries.push(reason),
  });
  const model = new ChatOpenAI({
    model: "gpt-test",
    apiKey: KEY,
    maxRetries: 0,
    configuration: { baseURL: server.url, fetch: wire },
  });
  let content = "";
  let error: unknown;
  try {
    for await (const part of await model.stream("Hi")) content += part.content;
  } catch (thrown) {
    error = thrown;
  }
  const known = findLabError(error);
  const calls = server.received.filter(({ path }) => path.endsWith("/chat/completions")).length;
  return { content, error, message: known?.message ?? "", hint: known?.hint ?? "", calls, retries };
}

describe("each failure of an endpoint is one sentence", () => {
  test.each<[string, Reply, RegExp, number]>([
    [
      "a refused key",
      failure(401, `Incorrect API key provided: ${KEY}`),
      /refused the key \(OPENAI_API_KEY in line 1 of \.env\)/,
      1,
    ],
    ["a forbidden model", failure(403, "not for you"), /forbids the request .*: not for you/, 1],
    [
      "a context too long",
      failure(400, "maximum context length is 10", "context_length_exceeded"),
      /prompt is too long for gpt-test/,
      1,
    ],
    [
      "another refusal",
      failure(400, "temperature is odd"),
      /refused the request \(400\): temperature is odd/,
      1,
    ],
    [
      "no credit",
      failure(429, "You exceeded your current quota", "insufficient_quota"),
      /no credit/,
      1,
    ],
    ["too many requests", failure(429, "slow down"), /asks for fewer requests: slow down/, 3],
    [
      "too many requests, with a long wait",
      failure(429, "slow down", null, { "retry-after": "60" }),
      /asks for fewer requests/,
      1,
    ],
    ["trouble for ever", failure(503, "overloaded"), /trouble of its own \(503\): overloaded/, 3],
    [
      "words that the client takes for its own timeout",
      failure(504, "upstream request timed out"),
      /trouble of its own \(504\): upstream request timed out/,
      3,
    ],
    ["no money", failure(402, "Insufficient credits"), /no credit at .*: Insufficient credits/, 1],
    [
      "an error as older vLLM words it",
      json(404, { object: "error", message: "The model `x` does not exist.", code: 404 }),
      /has no model gpt-test/,
      1,
    ],
    ["an error as FastAPI words it", json(400, { detail: "bad thing" }), /\(400\): bad thing/, 1],
    ["a web page", text("<html>login</html>"), /answered, but with a web page/, 1],
    ["an empty object", json(200, {}), /without a reply in it/, 1],
    ["no choices", json(200, { choices: [] }), /without a reply in it/, 1],
    ["bad JSON", text('{"choices": [', "application/json"), /text that is not JSON/, 1],
    ["nothing", text("", "application/json"), /answered, but with nothing/, 1],
    ["a wrong address", text("<html>404</html>"), /web page/, 1],
    [
      "a bad line in the stream",
      events(chunk("a"), "data: {oops\n\n", "data: [DONE]\n\n"),
      /line that is not JSON/,
      1,
    ],
    [
      "an error in the stream",
      events(chunk("a"), 'data: {"error":{"message":"out of memory"}}\n\n'),
      /stopped with an error: out of memory/,
      1,
    ],
    ["a stream without its end", events(chunk("half")), /ended its reply without the end mark/, 1],
  ])("%s", async (_name, reply, sentence, requests) => {
    const { message, hint, calls, error } = await ask(reply);
    expect(message).toMatch(sentence);
    expect(hint).not.toBe("");
    expect(calls).toBe(requests);
    expect(`${message} ${hint}`).not.toContain(KEY);
    expect(error).toBeInstanceOf(Error);
  });

  test("an unknown model names those that there are, the nearest first, fit to be shown", async () => {
    const NAMES = ["a\u001b[31mred llama", "gpt-other", "gpt-tset", "x".repeat(500)];
    const reply: Reply = (response, count, request) => {
      if (request.url?.endsWith("/models"))
        json(200, { data: NAMES.map((id) => ({ id })) })(response, count, request);
      else failure(404, "The model does not exist", "model_not_found")(response, count, request);
    };
    const { message, hint } = await ask(reply);
    expect(message).toMatch(/has no model gpt-test/);
    expect(hint).toBe("It offers gpt-tset, gpt-other, a red llama.");
  });

  test("a connection that breaks in the middle of a stream", async () => {
    const { message, calls } = await ask((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chunk("half"), () => response.destroy());
    });
    expect(message).toMatch(/stopped in the middle of its reply/);
    expect(calls).toBe(1);
  });

  test("a server that says nothing, before or within its reply", async () => {
    const silent = await ask(() => {}, { timeoutMs: 60 });
    expect(silent.message).toMatch(/said nothing for 0.06 seconds/);
    expect(silent.calls).toBe(1);
    const pausing = await ask(
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(chunk("half"));
      },
      { timeoutMs: 60 },
    );
    expect(pausing.message).toMatch(/said nothing for 0.06 seconds/);
  });

  test("nobody at the port", async () => {
    const server = await serveFaults(() => {});
    await server.close();
    const wire = liveWire({ timeoutMs: 5000, backoffMs: 1 });
    const error = await wire(`${server.url}/chat/completions`, {
      method: "POST",
      body: "{}",
    }).catch((thrown) => thrown);
    expect(findLabError(error)?.message).toMatch(/^Nothing answers at 127\.0\.0\.1:\d+$/);
  });

  test("escape codes in a server's words do not pass", async () => {
    const { message } = await ask(failure(400, "bad \u001b[31mred\u001b[0m\u0007 thing"));
    expect(message).toMatch(/bad\s+red\s+thing/);
    expect(message).not.toMatch(/\p{Cc}/u);
  });
});

describe("another try", () => {
  test.each<[string, Reply]>([
    [
      "after trouble",
      (response, count, request) =>
        (count < 3 ? failure(500, "oops") : good)(response, count, request),
    ],
    [
      "after 429 with Retry-After 0",
      (response, count, request) =>
        (count < 2 ? failure(429, "wait", null, { "retry-after": "0" }) : good)(
          response,
          count,
          request,
        ),
    ],
    [
      "after 429 with a date gone by",
      (response, count, request) =>
        (count < 2
          ? failure(429, "wait", null, { "retry-after": new Date(0).toUTCString() })
          : good)(response, count, request),
    ],
    [
      "after a reset",
      (response, count, request) =>
        count < 2 ? void request.socket.destroy() : good(response, count, request),
    ],
  ])("%s", async (_name, reply) => {
    const { content, error, retries } = await ask(reply);
    expect(error).toBeUndefined();
    expect(content).toBe("Hello there");
    expect(retries.length).toBeGreaterThan(0);
  });
});

const opening = (piece: string, type = "text/event-stream"): Reply => {
  return (response) => void response.writeHead(200, { "content-type": type }).write(piece);
};

describe("what follows the end mark does no harm", () => {
  const whole = `${chunk("whole")}data: [DONE]\n\n`;
  test.each<[string, Reply]>([
    ["a connection that stays open", opening(whole)],
    [
      "a connection that breaks",
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(whole, () => setImmediate(() => response.destroy()));
      },
    ],
    ["a bad line", events(whole, "data: {oops\n\n")],
  ])("%s", async (_name, reply) => {
    const { content, error } = await ask(reply);
    expect([content, error]).toEqual(["whole", undefined]);
  });
});

test("a server that fails, then hangs, is reported when the deadline is over", async () => {
  const started = performance.now();
  const reply: Reply = (response, count, request) => {
    if (count === 1) failure(503, "overloaded")(response, count, request);
  };
  const { message, calls } = await ask(reply, { timeoutMs: 1500, deadlineMs: 1500 });
  expect(message).toMatch(/trouble of its own \(503\): overloaded/);
  expect(calls).toBe(2);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("a whole reply that stops is given up, and its connection with it", async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const server = await serveFaults((request, response, _body, count) => {
    // once() would take a reset for a failure.
    closed = new Promise((resolve) => request.socket.once("close", resolve));
    opening("{", "application/json")(response, count, request);
  });
  closing.push(server.close);
  const asked = liveWire({ timeoutMs: 60 })(server.url, { method: "POST", body: "{}" });
  const error = await asked.catch((thrown) => thrown);
  expect(findLabError(error)?.message).toMatch(/said nothing for 0.06 seconds/);
  await closed;
});

test.each([[{}], [{ data: [] }], [{ data: [{}] }], [{ data: [{ embedding: [] }] }]])(
  "embeddings without vectors: %j",
  async (body) => {
    const server = await serveFaults((request, response, _body, count) =>
      json(200, body)(response, count, request),
    );
    closing.push(server.close);
    const embeddings = new OpenAIEmbeddings({
      apiKey: KEY,
      maxRetries: 0,
      encodingFormat: "float",
      configuration: { baseURL: server.url, fetch: liveWire({ timeoutMs: 5000 }) },
    });
    const error = await embeddings.embedQuery("Hi").catch((thrown) => thrown);
    expect(findLabError(error)?.message).toMatch(
      /without vectors in it|\d vectors? for 1 text|no vector in the place of text 1/,
    );
  },
);

test.each<[string, Reply]>([
  ["before the reply", () => {}],
  ["within a stream", opening(chunk("half"))],
  ["within a whole reply", opening("{", "application/json")],
  ["between two tries", failure(503, "overloaded")],
])("the caller's reason to abort comes back %s", async (_name, reply) => {
  const controller = new AbortController();
  const server = await serveFaults((request, response, _body, count) => {
    reply(response, count, request);
    setTimeout(() => controller.abort(new RangeError("enough")), 30);
  });
  closing.push(server.close);
  const init = { method: "POST", body: "{}", signal: controller.signal };
  const asked = liveWire({ timeoutMs: 5000, backoffMs: 5000 })(server.url, init);
  const error = await asked.then((response) => response.text()).catch((thrown) => thrown);
  expect(error).toEqual(new RangeError("enough"));
});

test("the caller's abort stays the caller's own error", async () => {
  const server = await serveFaults(() => {});
  closing.push(server.close);
  const controller = new AbortController();
  const wire = liveWire({ timeoutMs: 5000 });
  const asked = wire(server.url, { method: "POST", body: "{}", signal: controller.signal });
  controller.abort();
  const error = await asked.catch((thrown) => thrown);
  expect(error.name).toBe("AbortError");
  expect(findLabError(error)).toBeUndefined();
});
