import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { eventsOf, run } from "./support/program.ts";
import { serveFaults } from "./support/server.ts";

type Reply = (response: ServerResponse, count: number, request: IncomingMessage) => void;

const json =
  (status: number, body: unknown, headers = {}): Reply =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
const error = (status: number, message: string, code: string | null = null, headers = {}) =>
  json(status, { error: { message, code } }, headers);
const text =
  (body: string, type = "text/html"): Reply =>
  (response) => {
    response.writeHead(200, { "content-type": type });
    response.end(body);
  };
const piece = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
const DONE = "data: [DONE]\n\n";
const events = (...lines: string[]) => text(lines.join(""), "text/event-stream");
const good = events(piece("Hello"), DONE);

/** What a server does, what the learner reads, and how many requests it takes. */
const FAULTS: [string, Reply, RegExp, number][] = [
  [
    "reset",
    (_, __, request) => void request.socket.destroy(),
    /closed the connection before it answered/,
    3,
  ],
  ["slow headers", () => {}, /said nothing for 0\.3 seconds/, 1],
  [
    "slow body",
    (response) =>
      void response.writeHead(200, { "content-type": "text/event-stream" }).write(piece("Hel")),
    /said nothing for 0\.3 seconds/,
    1,
  ],
  [
    "401",
    error(401, "bad key"),
    /refused the key \(OPENAI_API_KEY in the environment\): bad key/,
    1,
  ],
  ["403", error(403, "no"), /forbids the request \(403\): no/, 1],
  [
    "404 model",
    (response, count, request) =>
      (request.url?.endsWith("/models")
        ? json(200, { data: [{ id: "other" }] })
        : error(404, "no such model", "model_not_found"))(response, count, request),
    /has no model gpt-test/,
    1,
  ],
  ["404 address", text("<html>404</html>"), /with a web page/, 1],
  [
    "400 context",
    error(400, "too long", "context_length_exceeded"),
    /The prompt is too long for gpt-test/,
    1,
  ],
  ["429", error(429, "slow down"), /asks for fewer requests: slow down/, 3],
  [
    "429, seconds",
    error(429, "slow down", null, { "retry-after": "99" }),
    /asks for fewer requests/,
    1,
  ],
  [
    "429, date",
    error(429, "slow down", null, {
      "retry-after": new Date(Date.now() + 3_600_000).toUTCString(),
    }),
    /asks for fewer requests/,
    1,
  ],
  ["429, no credit", error(429, "exceeded your quota", "insufficient_quota"), /has no credit/, 1],
  ["503 for ever", error(503, "overloaded"), /trouble of its own \(503\): overloaded/, 3],
  ["HTML", text("<!doctype html><p>Sign in"), /with a web page/, 1],
  ["an empty object", json(200, {}), /without a reply in it/, 1],
  ["empty choices", json(200, { choices: [] }), /without a reply in it/, 1],
  ["bad JSON", text('{"choices":', "application/json"), /text that is not JSON/, 1],
  ["a bad line", events(piece("a"), "data: {oops\n\n", DONE), /line that is not JSON/, 1],
  [
    "a cut stream",
    (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(piece("Hel"), () => response.destroy());
    },
    /stopped in the middle of its reply/,
    1,
  ],
  ["no end mark", events(piece("Hel")), /without the end mark/, 1],
  [
    "a content filter",
    events(piece("", "content_filter"), DONE),
    /content filter of .* held the reply back/,
    2,
  ],
  ["an empty reply", events(piece(""), DONE), /answered with an empty reply/, 2],
];

/** A step of one lesson against a server; the address is on loopback, so nothing costs money. */
async function play(reply: Reply, timeout = "12") {
  const server = await serveFaults((request, response, _body, count) =>
    reply(response, count, request),
  );
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-secret-0123456789" };
  const argv = [
    "lesson",
    "memory/stateless",
    "--model",
    "gpt-test",
    "--timeout",
    timeout,
    "--format",
    "jsonl",
  ];
  const finished = await run(argv, { env });
  await server.close();
  const requests = server.received.filter(({ path }) => path.endsWith("/chat/completions")).length;
  return { ...finished, requests, events: eventsOf(finished.stdout) };
}

test.each(FAULTS)("%s", async (name, reply, sentence, wanted) => {
  // Only a silent server is waited for; to the others a slow machine must do no harm.
  const timeout = name.startsWith("slow") ? "0.3" : undefined;
  const { code, stderr, stdout, requests, events, ms } = await play(reply, timeout);
  const raised = events.find((event) => event.type === "error-raised");
  expect(raised.message).toMatch(sentence);
  expect(raised.hint).not.toBe("");
  expect([code, stderr, requests]).toEqual([1, "", wanted]);
  expect(stdout).not.toContain("sk-secret");
  expect(ms).toBeLessThan(15_000);
});

test("nobody at the port", async () => {
  const server = await serveFaults(() => {});
  await server.close();
  const { code, stdout, ms } = await run(["lesson", "memory"], {
    env: { OPENAI_BASE_URL: server.url },
  });
  expect(stdout).toMatch(/Nothing answers at 127\.0\.0\.1:\d+\./);
  expect(code).toBe(1);
  expect(ms).toBeLessThan(15_000);
});

test("500, then fine: the second try is announced, and the lesson goes on", async () => {
  const { code, events } = await play((response, count, request) =>
    (count === 1 ? error(500, "oops") : good)(response, count, request),
  );
  expect(code).toBe(0);
  expect(events.find((event) => event.type === "call-retried")).toMatchObject({
    attempt: 2,
    of: 3,
    reason: expect.stringMatching(/answered 500/),
  });
});

test("a reply of ten megabytes is taken whole", async () => {
  const word = `${"long ".repeat(199)}word `;
  const pieces = Array.from({ length: 10_500 }, () => piece(word));
  const { code, events } = await play((response, count, request) =>
    (count === 1 ? events_(pieces) : good)(response, count, request),
  );
  expect(code).toBe(0);
  expect(events.find((event) => event.type === "call-end").text.length).toBe(
    word.length * pieces.length,
  );
});
const events_ = (pieces: string[]) => text(pieces.join("") + DONE, "text/event-stream");

test("control characters and escape codes do not reach the terminal", async () => {
  const server = await serveFaults((_, response) =>
    events(piece("red \u001b[31m\u0007\u0008 end"), DONE)(response, 1, _),
  );
  const { stdout } = await run(["lesson", "memory/stateless", "--model", "gpt-test"], {
    env: { OPENAI_BASE_URL: server.url },
  });
  await server.close();
  expect(stdout).toMatch(/red {2}end/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test("a parameter that a model refuses ends no lesson: it is left out, and said once", async () => {
  const { code, events } = await play((response, count, request) => {
    const isFirst = count === 1;
    const message = "invalid temperature: only 1 is allowed for this model";
    return (isFirst ? error(400, message) : good)(response, count, request);
  });
  expect(events.filter((event) => event.type === "parameter-refused")).toMatchObject([
    { model: "gpt-test", parameter: "temperature", value: 0 },
  ]);
  expect(code).toBe(0);
});

test("the first line warns of a model that is gone, without a request for it", async () => {
  const server = await serveFaults((request, response) => good(response, 1, request));
  const { stdout } = await run(["lesson", "memory/stateless", "--model", "gpt-4"], {
    env: { OPENAI_BASE_URL: server.url },
  });
  await server.close();
  const [first] = stdout.split("\n\n");
  expect(first?.replace(/\s+/g, " ")).toContain("gpt-4 was shut down on 2026-10-23");
  expect(server.received.every(({ path }) => path.endsWith("/chat/completions"))).toBe(true);
});
