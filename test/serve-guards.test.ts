import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "./support/program.ts";
import { send, startServer } from "./support/served.ts";

const JSON_TYPE = { "content-type": "application/json" };
const asked = (content: string) =>
  JSON.stringify({ model: "offline-tutor", messages: [{ role: "user", content }] });
const SUM = asked("What is 6 times 7?");
const CORS = "http://localhost:3000";

let plain = { url: "", stop: async () => {} };
let open = plain;
beforeAll(async () => {
  [plain, open] = await Promise.all([
    startServer(),
    startServer("--cors", CORS, "--cors", "app://notes", "--token", "a-long-word"),
  ]);
});
afterAll(() => Promise.all([plain.stop(), open.stop()]));

const chat = (headers: Record<string, string>, body = SUM) =>
  send(`${plain.url}/chat/completions`, { headers: { ...JSON_TYPE, ...headers }, body });
const errorOf = (text: string) => JSON.parse(text).error;

describe("a host that is not meant is refused, whatever the port", () => {
  test.each([
    "evil.example",
    "evil.example:8484",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil-localhost",
    "10.0.0.7",
    "192.168.1.2:80",
    "[fe80::1]:8484",
    "0x7f000001.evil",
    "127.0.0.1@evil.example",
    "example.com.",
    "xn--lcalhost-54a",
  ])("%s", async (host) => {
    const { status, text, headers } = await chat({ host });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain("42");
    if (status === 403) {
      expect(errorOf(text)).toMatchObject({ code: "host_not_allowed" });
      expect(errorOf(text).message).toContain("--host");
      expect(headers["x-request-id"]).toMatch(/^req_/);
    }
  });

  test.each([
    "localhost",
    "localhost:1",
    "LOCALHOST.",
    "127.0.0.1:99",
    "127.8.9.1",
    "[::1]:8484",
    "lab.localhost:3000",
  ])("but %s is answered", async (host) => {
    const { status, text } = await chat({ host });
    expect([status, text]).toEqual([200, expect.stringContaining("42")]);
  });
});

describe("a page of another origin is refused", () => {
  test.each([
    "https://evil.example",
    "http://localhost:3000",
    "null",
    "http://127.0.0.1:1",
    "file://",
    "chrome-extension://abc",
  ])("%s", async (origin) => {
    for (const method of ["POST", "GET", "OPTIONS"]) {
      const { status, text, headers } = await send(`${plain.url}/models`, {
        method,
        headers: { origin, "access-control-request-method": "POST" },
      });
      expect([method, status]).toEqual([method, 403]);
      expect(errorOf(text)).toMatchObject({
        code: "origin_not_allowed",
        type: "invalid_request_error",
      });
      expect(errorOf(text).message).toContain("--cors");
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });

  test("its own is not", async () => {
    const { status } = await chat({ origin: new URL(plain.url).origin });
    expect(status).toBe(200);
  });
});

describe("with --cors", () => {
  const key = { authorization: "Bearer a-long-word" };
  test.each([CORS, "app://notes"])(
    "%s may ask, after a preflight without the key",
    async (origin) => {
      const before = await send(`${open.url}/chat/completions`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization, content-type, x-stainless-os",
          "access-control-request-private-network": "true",
        },
      });
      expect(before.status).toBe(204);
      expect(before.headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-headers": "authorization, content-type, x-stainless-os",
        "access-control-allow-private-network": "true",
      });
      const headers = { ...JSON_TYPE, ...key, origin };
      const then = await send(`${open.url}/chat/completions`, { headers, body: SUM });
      expect([then.status, then.headers["access-control-allow-origin"]]).toEqual([200, origin]);
      expect(then.text).toContain("42");
      const without = await send(`${open.url}/models`, { method: "GET", headers: { origin } });
      expect([without.status, without.headers["access-control-allow-origin"]]).toEqual([
        401,
        origin,
      ]);
    },
  );

  test("another origin may not", async () => {
    const headers = { ...key, origin: "https://evil.example" };
    const { status } = await send(`${open.url}/models`, { method: "GET", headers });
    expect(status).toBe(403);
  });

  test.each(["localhost:3000", "http://localhost:3000/page", "me"])(
    "%s is no origin",
    async (value) => {
      const { code, stderr } = await run(["serve", "--cors", value]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining("is not a valid value for --cors"),
      ]);
    },
  );
});

test.each([
  ["text/plain", 415],
  ["text/plain;charset=UTF-8", 415],
  ["application/x-www-form-urlencoded", 415],
  ["Multipart/Form-Data; boundary=x", 415],
  ["application/json; charset=utf-8", 200],
  ["application/vnd.api+json", 200],
])("a body of %s: %i", async (type, status) => {
  const answer = await chat({ "content-type": type });
  expect(answer.status).toBe(status);
  if (status === 415) expect(errorOf(answer.text).message).toContain("application/json");
});

describe("bodies are bounded while they come", () => {
  function* pieces(megabytes: number) {
    yield '{"model":"offline-tutor","messages":[{"role":"user","content":"';
    for (let count = 0; count < megabytes; count++) yield "x".repeat(1024 * 1024);
    yield '"}]}';
  }

  test.each([6, 60])("%i MB without a length", async (megabytes) => {
    const { status, text } = await send(`${plain.url}/chat/completions`, {
      headers: JSON_TYPE,
      body: pieces(megabytes),
    });
    expect(status).toBe(413);
    expect(errorOf(text)).toMatchObject({ code: "request_too_large" });
  });

  test("a length that is told is believed before anything is read", async () => {
    const body = "x".repeat(5_000_000);
    const { status } = await chat({ "content-length": String(body.length) }, body);
    expect(status).toBe(413);
  });

  test("many large ones at once: some wait their turn, small ones never", async () => {
    const large = Array.from({ length: 40 }, () =>
      send(`${plain.url}/embeddings`, {
        headers: JSON_TYPE,
        body: [`{"model":"offline-embedding-2","input":"x","user":"`, "y".repeat(3_900_000), `"}`],
      }).then(
        ({ status, headers }) =>
          status === 503 ? `503 ${headers["retry-after"]}` : String(status),
        (error) => error.code,
      ),
    );
    const small = await chat({});
    expect(small.status).toBe(200);
    const statuses = new Set(await Promise.all(large));
    for (const status of statuses) expect(["200", "503 1"]).toContain(status);
  });
});

test.each(["//v1//chat//completions", "/v1/chat/completions/", "/v1/chat/completions//"])(
  "%s is the same address",
  async (path) => {
    const { status, text } = await send(new URL(plain.url).origin + path, {
      headers: JSON_TYPE,
      body: SUM,
    });
    expect([status, text]).toEqual([200, expect.stringContaining("42")]);
  },
);

test("each answer has a request id of its own", async () => {
  const ids = await Promise.all(
    [chat({}), chat({}), chat({}, "{oops"), send(`${plain.url}/nowhere`, { method: "GET" })].map(
      async (sent) => (await sent).headers["x-request-id"],
    ),
  );
  for (const id of ids) expect(id).toMatch(/^req_[\da-f]{32}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

describe("what is nested too deep is refused, never an error of ours", () => {
  const nested = (levels: number, before: string, after: string, within: string) =>
    before.repeat(levels) + within + after.repeat(levels);
  const request = (schema: string) =>
    `{"model":"offline-tutor","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":${schema}}}}`;
  test.each([
    [
      "a schema of 1,000 levels",
      request(nested(1000, '{"type":"object","properties":{"a":', "}}", "{}")),
    ],
    ["lists in a schema", request(nested(1000, '{"type":"array","items":', "}", "{}"))],
    ["brackets alone", nested(1_000_000, "[", "]", "")],
    [
      "a tool",
      `{"model":"offline-tutor","messages":[{"role":"user","content":"Hi"}],"tools":[${nested(5000, '{"a":', "}", "1")}]}`,
    ],
  ])("%s", async (_name, body) => {
    const { status, text } = await chat({}, body);
    expect([status, errorOf(text).message]).toEqual([400, expect.stringContaining("nested")]);
  });
});
