import { expect, test } from "vitest";
import { loadCounter } from "../src/model/tokens.ts";
import { createEndpoint } from "../src/offline/app.ts";
import { good, json, type Reply, refusal, whole } from "./support/habits.ts";
import { run } from "./support/program.ts";
import { serveFaults, serveHandler } from "./support/server.ts";

const KEY = "sk-secret-0123456789";

test.each<Record<string, string>>([{}, { HOME: "/proc" }])(
  "all is well offline, and nothing is written at home: %j",
  async (env) => {
    const { code, stdout } = await run(["doctor"], { env });
    expect(code).toBe(0);
    expect(stdout).not.toContain("✗");
    expect(stdout).toMatch(/✓ Node: v\d+/);
    expect(stdout).toMatch(
      /✓ model: offline-tutor \(offline\) answers, its first piece after \d+ ms/,
    );
  },
);

test("a live endpoint that is well, with each setting's origin and of the key only its end", async () => {
  const endpoint = createEndpoint({ countTokens: await loadCounter("offline-tutor") });
  const server = await serveHandler((request) => endpoint.fetch(request));
  const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY };
  const { code, stdout } = await run(["doctor", "--model", "offline-tutor"], { env });
  await server.close();
  expect(code).toBe(0);
  expect(stdout).toContain("✓ key: …6789 (OPENAI_API_KEY in the environment)");
  expect(stdout).toContain("✓ chosen model: offline-tutor (--model)");
  expect(stdout).not.toContain(KEY);
});

test.each([
  [
    "a bad key",
    (server: string) => ({ OPENAI_BASE_URL: server, OPENAI_API_KEY: KEY }),
    /✗ model: .* refused the key \(OPENAI_API_KEY in the environment\)/,
  ],
  [
    "a dead endpoint",
    () => ({ OPENAI_BASE_URL: "http://127.0.0.1:1/v1" }),
    /✗ model: .*127\.0\.0\.1:1/,
  ],
  [
    "a bad address",
    () => ({ OPENAI_BASE_URL: "nonsense" }),
    /✗ settings: "nonsense" is not an http address/,
  ],
  [
    "a folder that is not there",
    () => ({ TMPDIR: "/no/such/folder" }),
    /✗ folder for files: \/no\/such\/folder cannot be written/,
  ],
] as const)("%s has its remedy, and exit code 1", async (_name, envFor, line) => {
  const server = await serveFaults((_, response) =>
    response.writeHead(401).end(`{"error":{"message":"no ${KEY}"}}`),
  );
  const { code, stdout } = await run(["doctor"], { env: envFor(server.url) });
  const asJson = await run(["doctor", "--json"], { env: envFor(server.url) });
  await server.close();
  expect(stdout).toMatch(line);
  expect(stdout).toMatch(/✗[^\n]*\n {2}\S/);
  expect(code).toBe(1);
  expect(stdout + asJson.stdout).not.toContain(KEY);
  expect(
    JSON.parse(asJson.stdout).filter(({ state }: { state: string }) => state === "bad"),
  ).toHaveLength(1);
});

test.each<[string, object, string, number]>([
  [
    "its endpoint says so",
    { shutdown_date: "2020-01-31" },
    "offline-tutor was shut down on 2020-01-31",
    1,
  ],
  ["its endpoint says none", { shutdown_date: null }, "", 0],
  ["its endpoint does not say", {}, "", 0],
])("a model that is shut down: %s", async (_name, more, sentence, exit) => {
  const endpoint = createEndpoint({ countTokens: (text) => text.length });
  const server = await serveHandler((request) =>
    request.url.endsWith("/models")
      ? Response.json({ data: [{ id: "offline-tutor", ...more }] })
      : endpoint.fetch(request),
  );
  const env = { OPENAI_BASE_URL: server.url };
  const { code, stdout } = await run(["doctor", "--model", "offline-tutor"], { env });
  await server.close();
  if (sentence === "") expect(stdout).not.toContain("shutdown");
  else expect(stdout).toContain(`✗ shutdown: ${sentence}.\n  Choose another model`);
  expect(code).toBe(exit);
});

test("what doctor asks is what lessons ask: the same options, in the same form", async () => {
  const server = await serveFaults((request, response, body, count) =>
    good(response, request, body, count),
  );
  const env = { OPENAI_BASE_URL: server.url };
  const doctor = await run(["doctor", "--model", "gpt-test"], { env });
  const lesson = await run(["lesson", "memory/stateless", "--model", "gpt-test"], { env });
  await server.close();
  const asked = server.received
    .filter(({ path }) => path.endsWith("/chat/completions"))
    .map(({ body }) => ({ ...JSON.parse(body), messages: [] }));
  expect([doctor.code, lesson.code]).toEqual([0, 0]);
  expect(asked[0]).toEqual(asked[1]);
  expect(asked[0]).not.toHaveProperty("max_tokens");
});

test.each<[string, Reply, RegExp, number]>([
  [
    "a parameter that is refused is left out, as in lessons",
    (response, request, body, count) =>
      (body.includes('"temperature":')
        ? refusal(400, "invalid temperature: only 1 is allowed")
        : good)(response, request, body, count),
    /✓ model: .*ms\. It does not take temperature, which is left out\./,
    0,
  ],
  [
    "a server that does not stream",
    whole({ content: "Hello" }),
    /✓ model: .*ms\. 127\.0\.0\.1:\d+ does not stream/,
    0,
  ],
  ["a model that only thinks", whole({ reasoning_content: "Hm." }), /✗ model: .* only thought/, 1],
  ["an error inside a 200", json({ error: "no such thing" }), /✗ model: .*: no such thing/, 1],
])("doctor: %s", async (_name, reply, line, exitCode) => {
  const server = await serveFaults((request, response, body, count) =>
    reply(response, request, body, count),
  );
  const env = { OPENAI_BASE_URL: server.url };
  const { code, stdout } = await run(["doctor", "--model", "gpt-test"], { env });
  await server.close();
  expect(stdout).toMatch(line);
  expect(code).toBe(exitCode);
});
