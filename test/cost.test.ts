import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEndpoint } from "../src/offline/app.ts";
import { eventsOf, run } from "./support/program.ts";
import { serveHandler } from "./support/server.ts";

let folder = "";
let server: Awaited<ReturnType<typeof serveHandler>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
  const endpoint = createEndpoint({ countTokens: (text) => text.length });
  server = await serveHandler((request) => endpoint.fetch(request));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const far = { OPENAI_BASE_URL: "http://api.example.invalid/v1", OPENAI_API_KEY: "sk-x-123456" };

test("a run that costs money says how much, and needs a yes, before it calls anybody", async () => {
  const { code, stderr, stdout } = await run(["lesson", "memory/window"], { env: far });
  expect(stderr).toMatch(
    /gpt-6-luna will get about 3 calls with \d+ tokens.*about \$0\.\d{4,} at prices of \d{4}-\d\d\.\nAdd --yes/,
  );
  expect([code, stdout]).toEqual([2, ""]);
});

test("what a lesson with a store will take is estimated too", async () => {
  const { code, stderr } = await run(["lesson", "vector-store/answer"], { env: far });
  expect(stderr).toMatch(/gpt-6-luna will get about \d+ calls with [\d,]{5,} tokens.*\nAdd --yes/);
  expect(code).toBe(2);
});

test("with --yes it goes on", async () => {
  const { code, stdout } = await run(["lesson", "memory/window", "--yes"], { env: far });
  expect(stdout).toMatch(/There is no host called api\.example\.invalid/);
  expect(code).toBe(1);
});

test("a budget stops a run when it is spent, and afterwards it says what it took", async () => {
  const prices = join(folder, "prices.json");
  writeFileSync(prices, JSON.stringify({ "offline-tutor": [1000, 1000] }));
  const argv = [
    "lesson",
    "memory/window",
    "--model",
    "offline-tutor",
    "--prices",
    prices,
    "--format",
    "jsonl",
  ];
  const env = { OPENAI_BASE_URL: server.url };
  const whole = eventsOf((await run(argv, { env })).stdout);
  const { totals } = whole.at(-1);
  expect(totals.cost).toBeCloseTo((totals.tokens.input + totals.tokens.output) / 1000);
  const first = whole.find((event) => event.type === "call-end").cost;
  const stopped = await run([...argv, "--budget", String(first)], { env });
  const events = eventsOf(stopped.stdout);
  expect(events.filter((event) => event.type === "call-end")).toHaveLength(1);
  expect(events.find((event) => event.type === "error-raised").message).toMatch(
    /The budget of \$[\d.]+ is spent/,
  );
  expect(stopped.code).toBe(1);
});

describe("ask pays for embedding as well as for the answer", () => {
  const rates = { "offline-tutor": [1, 1], "offline-embedding-2": [1000, 0] };
  const argv = ["ask", "What is temperature?", "--handbook", "--model", "offline-tutor"];
  const asked = async (flags: string[]) => {
    const prices = join(folder, "ask-prices.json");
    writeFileSync(prices, JSON.stringify(rates));
    const before = server.received.length;
    const models = ["--embedding-model", "offline-embedding-2", "--prices", prices];
    const done = await run([...argv, ...models, ...flags], {
      env: { OPENAI_BASE_URL: server.url },
    });
    return { ...done, requests: server.received.slice(before) };
  };

  test("the bill has both, each at its own price", async () => {
    const { code, stdout, requests } = await asked(["--format", "json"]);
    const { totals } = JSON.parse(stdout);
    const sent = requests.filter(({ path }) => path.endsWith("/embeddings"));
    const texts = sent.flatMap(({ body }) => [JSON.parse(body).input].flat() as string[]);
    // The test's endpoint counts a token for each character.
    const embedded = texts.reduce((sum, text) => sum + text.length, 0) / 1000;
    expect(texts.length).toBeGreaterThan(150);
    expect(totals.cost).toBeGreaterThan(embedded);
    expect(totals.cost).toBeLessThan(embedded * 1.1);
    expect(code).toBe(0);
  });

  test("a budget that does not cover the passages stops it before they are sent", async () => {
    const { code, stderr, requests } = await asked(["--budget", "0.5"]);
    expect(stderr).toMatch(
      /^The budget of \$0\.5 does not cover the next request: about \$0\.0\d+/,
    );
    const sent = requests.flatMap(({ body }) => [JSON.parse(body).input].flat() as string[]);
    expect(sent.join("").length / 1000).toBeLessThan(0.5);
    expect(code).toBe(1);
  });
});

test.each([
  [["--budget", "much"], /"much" is not a valid value for --budget/],
  [["--budget", "1"], /No price is known for the model/],
  [["--prices", "no-such.json"], /There is no file of prices no-such\.json/],
])("%j", async (flags, sentence) => {
  const { code, stderr } = await run(["lesson", "memory/window", "--model", "offline", ...flags]);
  expect(stderr).toMatch(sentence);
  expect(code).toBe(2);
});
