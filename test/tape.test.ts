import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCounter } from "../src/model/tokens.ts";
import { createEndpoint } from "../src/offline/app.ts";
import { eventsOf, root, run } from "./support/program.ts";
import { serveHandler } from "./support/server.ts";

const KEY = "sk-secret-0123456789abcdef";
const noSockets = ["--import", join(root, "test/support/no-sockets.mjs")];

let folder = "";
let server: Awaited<ReturnType<typeof serveHandler>>;
let env: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
  const endpoint = createEndpoint({ countTokens: await loadCounter("offline-tutor") });
  server = await serveHandler((request) => endpoint.fetch(request));
  env = {
    OPENAI_BASE_URL: server.url,
    OPENAI_API_KEY: KEY,
    LLM_LAB_MODEL: "offline-tutor",
    LLM_LAB_EMBEDDING_MODEL: "offline-embedding",
  };
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Events without what differs from run to run. */
function timeless(stdout: string) {
  const runs = new Map<string, number>();
  const number = (id: string | null) =>
    id === null ? null : (runs.get(id) ?? runs.set(id, runs.size).get(id));
  return eventsOf(stdout).map((event) => {
    const { ms, startedMs, why, endpoint, totals, ...rest } = event;
    return {
      ...rest,
      ...(event.run && { run: number(event.run), parent: number(event.parent ?? null) }),
    };
  });
}

describe("a recorded lesson", () => {
  test.each([
    "memory",
    "chains/router",
    "setup/first-call",
    "vector-store/answer",
    "vector-store/model-change",
  ])("%s is replayed with sockets throwing: the same events but for times", async (lesson) => {
    const tape = join(folder, `${lesson.replace("/", "-")}.json`);
    const argv = ["lesson", lesson, "--format", "jsonl"];
    const recorded = await run([...argv, "--record", tape], { env });
    expect([recorded.code, recorded.stderr]).toEqual([0, ""]);
    const replayed = await run([...argv, "--replay", tape], { node: noSockets });
    expect([replayed.code, replayed.stderr]).toEqual([0, ""]);
    const [before, after] = [timeless(recorded.stdout), timeless(replayed.stdout)];
    const comparable = (events: typeof before) =>
      events.filter(({ type }) => type !== "run-start" && type !== "work-step");
    expect(comparable(after)).toEqual(comparable(before));
  });

  test("holds no key, no host and no header, reads well in a diff, and leaves no lock", () => {
    const text = readFileSync(join(folder, "memory.json"), "utf8");
    expect(text).not.toContain(KEY);
    expect(text).not.toMatch(/authorization|127\.0\.0\.1|bearer/i);
    expect(text.split("\n").length).toBeGreaterThan(1000);
    expect(readdirSync(folder).filter((name) => /lock|tmp/.test(name))).toEqual([]);
    expect(JSON.parse(text)).toMatchObject({ version: 1, model: "offline-tutor" });
  });

  test("cannot be replayed with another prompt: the first line that differs is told", async () => {
    const argv = [
      "lesson",
      "memory/stateless",
      "--replay",
      join(folder, "memory.json"),
      "--set",
      "name=Grace",
    ];
    const { code, stdout } = await run(argv);
    expect(code).toBe(1);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain(
      'line 1 is "Hi, my name is Ada." on the tape, and "Hi, my name is Grace." now',
    );
    expect(text).toContain("Record the run again: --record");
  });

  test("says which text to embed is another, or that a prompt stands where vectors are asked for", async () => {
    const entry = (path: string, body: object) => ({
      request: { method: "POST", path, body: { model: "m", ...body } },
      response: { status: 200, contentType: "application/json", pieces: [] },
    });
    const entries = [
      entry("/v1/embeddings", { input: ["tea", "milk"] }),
      entry("/v1/chat/completions", { messages: [{ role: "user", content: "Hi" }] }),
    ];
    const { replaying } = await import("../src/tape/replay.ts");
    const failure = (left: typeof entries, body: object) =>
      replaying(
        { version: 1, model: "m", entries: left },
        "t.json",
        0,
      )("http://x/v1", {
        method: "POST",
        body: JSON.stringify({ model: "m", ...body }),
      }).then(
        () => "",
        (error: Error) => error.message,
      );
    expect(await failure(entries, { input: ["tea", "rum"] })).toBe(
      'The tape t.json has other texts here: text 2 is "milk" on the tape, and "rum" now',
    );
    expect(await failure(entries, { model: "n", input: ["tea", "milk"] })).toBe(
      'The tape t.json has a request to m for vectors of 2 texts, first "tea" here, and the run makes one to n for vectors of 2 texts, first "tea"',
    );
    expect(await failure(entries.slice(1), { input: ["tea"] })).toBe(
      'The tape t.json has a request to m for a reply to "Hi" here, and the run makes one to m for vectors of "tea"',
    );
  });

  test("a prompt that is sent twice gets its two answers, in order", async () => {
    const tape = join(folder, "twice.json");
    const answer = (text: string) => ({
      request: {
        method: "POST",
        path: "/v1/chat/completions",
        body: { model: "m", temperature: 0, messages: [{ role: "user", content: "Hi" }] },
      },
      response: {
        status: 200,
        contentType: "text/event-stream",
        pieces: [
          {
            ms: 0,
            text: `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\ndata: [DONE]\n\n`,
          },
        ],
      },
    });
    writeFileSync(
      tape,
      JSON.stringify({ version: 1, model: "m", entries: [answer("one"), answer("two")] }),
    );
    const { replaying } = await import("../src/tape/replay.ts");
    const wire = replaying(JSON.parse(readFileSync(tape, "utf8")), tape, 0);
    const body = JSON.stringify({
      model: "m",
      temperature: 0,
      messages: [{ role: "user", content: "Hi" }],
      stream: true,
    });
    const ask = async () =>
      (await wire("http://x/v1/chat/completions", { method: "POST", body })).text();
    expect(await ask()).toContain("one");
    expect(await ask()).toContain("two");
    await expect(ask()).rejects.toThrow(/ends here/);
  });
});

test("no key is found in a tape, in JSONL, on the screen, or in a stack", async () => {
  const tape = join(folder, "secret.json");
  const proxied = { ...env, HTTPS_PROXY: `http://user:${KEY}@127.0.0.1:1` };
  const outputs = await Promise.all([
    run(["lesson", "memory/stateless", "--format", "jsonl", "--record", tape], { env: proxied }),
    run(["lesson", "memory/stateless", "--debug"], { env: proxied }),
    run(["lesson", "memory/stateless", "--debug", "--model", "no-such-model"], { env: proxied }),
    run(["doctor", "--json"], { env: proxied }),
    run(["lesson", "memory/stateless", "--debug"], {
      env: { OPENAI_BASE_URL: `http://me:${KEY}@127.0.0.1:1/v1` },
    }),
    run(["lesson", "memory/stateless", "--debug"], {
      env: { OPENAI_API_KEY: `${KEY} with a space` },
    }),
  ]);
  const all =
    outputs.map(({ stdout, stderr }) => stdout + stderr).join("\n") + readFileSync(tape, "utf8");
  expect(all.length).toBeGreaterThan(5000);
  expect(all).not.toContain(KEY);
});

describe("what goes wrong", () => {
  test("Ctrl-C while recording: the tape is whole, and plays as far as it goes", async () => {
    const tape = join(folder, "cut.json");
    const endpoint = createEndpoint({ countTokens: (text) => text.length });
    let answered = 0;
    const hanging = await serveHandler((request) => {
      answered += 1;
      return answered > 5 ? new Promise<Response>(() => {}) : endpoint.fetch(request);
    });
    const { code } = await run(["lesson", "memory", "--format", "jsonl", "--record", tape], {
      env: { ...env, OPENAI_BASE_URL: hanging.url },
      watch: (output, child) =>
        output.includes('"type":"call-start","call":6') && child.kill("SIGINT"),
    });
    await hanging.close();
    expect(code).toBe(130);
    expect(existsSync(`${tape}.lock`)).toBe(false);
    expect(JSON.parse(readFileSync(tape, "utf8")).entries).toHaveLength(5);
    const replayed = await run(["lesson", "memory", "--replay", tape], { node: noSockets });
    expect(replayed.code).toBe(1);
    expect(replayed.stdout.replace(/\s+/g, " ")).toContain(
      "ends here: the run it was made from was shorter",
    );
  });

  test("two runs cannot record to the same tape", async () => {
    const tape = join(folder, "busy.json");
    writeFileSync(`${tape}.lock`, String(process.pid));
    const { code, stderr } = await run(["lesson", "memory/stateless", "--record", tape]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/Another run records to the same tape\.\nWait until it ends/),
    ]);
    expect(existsSync(tape)).toBe(false);
    writeFileSync(`${tape}.lock`, "999999999");
    expect((await run(["lesson", "memory/stateless", "--record", tape])).code).toBe(0);
    expect(existsSync(`${tape}.lock`)).toBe(false);
  });

  test.each([
    [["--replay", "no-such.json"], /no-such\.json cannot be read/],
    [["--replay", join(root, "package.json")], /is not a tape|is of version/],
    [["--record", "/no/such/folder/t.json"], /Nothing can be recorded there/],
    [["--record", "a.json", "--replay", "b.json"], /cannot be recorded and replayed at once/],
    [
      ["--replay", join(root, "package.json"), "--speed", "fast"],
      /no tape|is of version|not a valid value for --speed/,
    ],
  ])("%j", async (flags, sentence) => {
    const { code, stderr } = await run(["lesson", "memory/stateless", ...flags]);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
  });
});
