import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curriculum } from "../lessons/index.ts";
import { loadCounter } from "../src/model/tokens.ts";
import { createEndpoint } from "../src/offline/app.ts";
import { eventsOf, type Finished, root, run } from "./support/program.ts";
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
    LLM_LAB_EMBEDDING_MODEL: "offline-embedding-2",
  };
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/**
 * Sections that embed: on replay they ask for the vectors of the model on the tape. Chunking embeds
 * 2,800 chunks, which takes minutes, and asks as the others do.
 */
const SECTIONS = (curriculum.find(({ id }) => id === "vector-store")?.sections ?? []).filter(
  (name) => name !== "chunking",
);

/** The server is in this very process, and embeds beside other tests. */
const patient = ["--timeout", "120"];
const FINE = { code: 0, stderr: "", faults: [] };

/** How a run ended; a step's fault is told on stdout. */
function endOf({ code, stdout, stderr }: Finished) {
  const faults = eventsOf(stdout).filter(({ type }) => type === "error-raised");
  return { code, stderr, faults };
}

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
    const recorded = await run([...argv, "--record", tape, ...patient], { env });
    expect(endOf(recorded)).toEqual(FINE);
    const replayed = await run([...argv, "--replay", tape], { node: noSockets });
    expect(endOf(replayed)).toEqual(FINE);
    const [before, after] = [timeless(recorded.stdout), timeless(replayed.stdout)];
    const comparable = (events: typeof before) =>
      events.filter(({ type }) => type !== "run-start" && type !== "work-step");
    expect(comparable(after)).toEqual(comparable(before));
  });

  // Tables of times differ, and so do documents whose words weigh the same.
  test.each(SECTIONS)("vector-store/%s is replayed with the same requests", async (section) => {
    const tape = join(folder, `each-${section}.json`);
    const argv = ["lesson", `vector-store/${section}`, "--format", "jsonl"];
    const recorded = await run([...argv, "--record", tape, ...patient], { env });
    expect(endOf(recorded)).toEqual(FINE);
    const replayed = await run([...argv, "--replay", tape], { node: noSockets });
    expect(endOf(replayed)).toEqual(FINE);
    // Of batches that are sent at once, either may be answered first.
    const embedded = (events: ReturnType<typeof timeless>) =>
      events
        .filter(({ type }) => type === "texts-embedded")
        .map((one) => JSON.stringify(one))
        .sort();
    const [before, after] = [timeless(recorded.stdout), timeless(replayed.stdout)];
    expect(embedded(before).length).toBeGreaterThan(0);
    expect(embedded(after)).toEqual(embedded(before));
    expect(after.at(-1)).toMatchObject({ type: "lesson-end", outcome: "done" });
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
    [["--replay", "no-such.json"], /There is no tape no-such\.json/],
    [["--replay", join(root, "package.json")], /is not a tape|is of version/],
    [
      ["--record", "/no/such/folder/t.json"],
      /Nothing can be recorded to \/no\/such.*: the folder is not there/,
    ],
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

describe("an earlier tape", () => {
  const record = (tape: string, more: Parameters<typeof run>[1] = {}) =>
    run(["lesson", "memory/stateless", "--format", "jsonl", "--record", tape], { env, ...more });
  const entriesIn = (tape: string) => JSON.parse(readFileSync(tape, "utf8")).entries.length;

  test("stays until a run has ended well, and is replaced then", async () => {
    const tape = join(folder, "earlier.json");
    await record(tape);
    const before = readFileSync(tape, "utf8");
    const failed = await record(tape, {
      env: { ...env, OPENAI_BASE_URL: "http://127.0.0.1:1/v1" },
    });
    expect([failed.code, readFileSync(tape, "utf8")]).toEqual([1, before]);

    const endpoint = createEndpoint({ countTokens: (text) => text.length });
    let answered = 0;
    const hanging = await serveHandler((request) => {
      answered += 1;
      return answered > 1 ? new Promise<Response>(() => {}) : endpoint.fetch(request);
    });
    for (const signal of ["SIGINT", "SIGKILL"] as const) {
      answered = 0;
      const cut = await record(tape, {
        env: { ...env, OPENAI_BASE_URL: hanging.url },
        watch: (output, child) =>
          output.includes('"type":"call-start","call":2') && child.kill(signal),
      });
      expect(readFileSync(tape, "utf8")).toBe(before);
      expect(entriesIn(`${tape}.part`)).toBe(1);
      if (signal === "SIGINT") expect(cut.stderr).toMatch(/earlier\.json is as it was.*\.part/);
    }
    await hanging.close();

    expect((await record(tape)).code).toBe(0);
    expect(entriesIn(tape)).toBe(JSON.parse(before).entries.length);
    expect(readFileSync(tape, "utf8")).not.toBe(before);
    expect(readdirSync(folder).filter((name) => /earlier\.json\./.test(name))).toEqual([]);
  });

  test("that a link leads to is written through the link", async () => {
    const [tape, link] = [join(folder, "target.json"), join(folder, "link.json")];
    await record(tape);
    symlinkSync(tape, link);
    expect((await record(link)).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(entriesIn(tape)).toBeGreaterThan(0);
    const nowhere = join(folder, "nowhere-link.json");
    symlinkSync(join(folder, "not-there", "x"), nowhere);
    expect((await record(nowhere)).stderr).toMatch(
      /cannot be written: it is a link that leads nowhere/,
    );
  });

  test.each([
    ["a device", () => "/dev/null", /it is a device/],
    ["a folder", () => folder, /it is a folder/],
    [
      "a named pipe",
      () => {
        const pipe = join(folder, "pipe.json");
        if (!existsSync(pipe)) execFileSync("mkfifo", [pipe]);
        return pipe;
      },
      /it is a named pipe/,
    ],
  ])("is never %s, to record or to play", async (_what, pathOf, reason) => {
    const path = pathOf();
    const before = lstatSync(path).mode;
    const recorded = await record(path);
    expect([recorded.code, recorded.stderr]).toEqual([2, expect.stringMatching(reason)]);
    expect(lstatSync(path).mode).toBe(before);
    const played = await run(["lesson", "memory/stateless", "--replay", path]);
    expect([played.code, played.stderr]).toEqual([2, expect.stringMatching(reason)]);
  });
});

test("a lock that a process left whose number another one has does not block", async () => {
  const tape = join(folder, "recycled.json");
  // A node process that began after the lock was written, another program, and one with another
  // beginning.
  const other = spawn("sleep", ["60"]);
  for (const mark of [`${other.pid}`, `${process.pid} 0.1`, "1 x.7", "nobody", "-1"]) {
    writeFileSync(`${tape}.lock`, mark);
    expect((await run(["lesson", "memory/stateless", "--record", tape])).stderr).toBe("");
  }
  other.kill();
});

test.each(["ollama", "lm-studio", "name is", "not-needed"])(
  "with the word %s as key, what is recorded can be replayed",
  async (word) => {
    const tape = join(folder, "word.json");
    const short = [
      "lesson",
      "memory/buffer",
      ...["--format", "jsonl"],
      "--set",
      `question=Is it ${word}?`,
    ];
    const key = word.replace(" ", "");
    const recorded = await run([...short, "--record", tape], {
      env: { ...env, OPENAI_API_KEY: key },
    });
    expect([recorded.code, recorded.stderr]).toEqual([0, ""]);
    const replayed = await run([...short, "--replay", tape]);
    expect([replayed.code, replayed.stderr]).toEqual([0, ""]);
    rmSync(tape);
  },
);

test("a key that a server says in pieces is on no tape", async () => {
  const tape = join(folder, "pieces.json");
  const key = "lab-0123456789-abcdefghij";
  const delta = (content: string) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
  const echoing = await serveHandler(
    () =>
      new Response(
        new ReadableStream({
          start(controller) {
            const whole = `${delta("Your key is lab-0123")}${delta("456789-abc")}${delta("defghij, no?")}data: [DONE]\n\n`;
            for (const piece of whole.match(/.{1,7}/gs) ?? [])
              controller.enqueue(new TextEncoder().encode(piece));
            controller.close();
          },
        }),
        { headers: { "content-type": "text/event-stream" } },
      ),
  );
  const keyed = { ...env, OPENAI_BASE_URL: echoing.url, OPENAI_API_KEY: key };
  await run(["lesson", "memory/stateless", "--record", tape], { env: keyed });
  await echoing.close();
  const text = readFileSync(tape, "utf8");
  expect(text).toContain("Your key is …, no?");
  for (const part of ["lab-0123", "456789-abc", "defghij"]) expect(text).not.toContain(part);
  expect((await run(["lesson", "memory/stateless", "--replay", tape])).code).toBe(0);
});

describe("a malformed tape is told in a sentence with its line", () => {
  const request = {
    method: "POST",
    path: "/v1/chat/completions",
    body: { model: "m", messages: [] },
  };
  const sse = (...data: unknown[]) =>
    data
      .map((part) => `data: ${typeof part === "string" ? part : JSON.stringify(part)}\n\n`)
      .join("");
  const said = { choices: [{ index: 0, delta: { content: "Hello" }, finish_reason: null }] };
  const ended = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
  const good = {
    status: 200,
    contentType: "text/event-stream",
    pieces: [{ ms: 1, text: sse(said, "[DONE]") }],
  };
  const tape = (fields: object) =>
    JSON.stringify(
      { version: 1, model: "m", entries: [{ request, response: good }], ...fields },
      null,
      1,
    );
  const response = (fields: object) =>
    tape({ entries: [{ request, response: { ...good, ...fields } }] });
  const asked = (fields: object) =>
    tape({ entries: [{ request: { ...request, ...fields }, response: good }] });
  const piece = (text: unknown, ms: unknown = 1) => response({ pieces: [{ ms, text }] });
  const deep = ['{"a":'.repeat(100_000), 1, "}".repeat(100_000)].join("");
  const utf16 = Buffer.from(`\ufeff${tape({})}`, "utf16le");

  test.each<[string, string | Buffer, RegExp]>([
    ["empty", "", /it is empty/],
    ["spaces", "  \n ", /Line 1 .*cut off/],
    ["null", "null", /line 1 does not begin/],
    ["a number", "1", /line 1 does not begin/],
    ["a list", "[]", /line 1 does not begin/],
    ["prose", "Dear tape,", /Line 1 .*not JSON/],
    ["cut in the middle", tape({}).slice(0, 200), /Line \d+ .*cut off/],
    ["a line missing", tape({}).split("\n").toSpliced(4, 1).join("\n"), /Line \d+ |line \d+ /],
    ["a comma too many", tape({}).replace('"m",', '"m",,'), /Line 3 .*not JSON/],
    [
      "a picture",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0xfe]),
      /line 1 is not text/,
    ],
    ["UTF-16", utf16, /line 1 is not text/],
    [
      "bytes in the middle",
      Buffer.concat([Buffer.from(`{\n"version": 1,\n"`), Buffer.from([0xff])]),
      /line 3 is not text/,
    ],
    ["no version", tape({ version: undefined }), /line 1 does not begin/],
    ["a later version", tape({ version: 2 }), /of version 2, as line 2/],
    ["a version in words", tape({ version: "1" }), /of version "1", as line 2/],
    ["no version but a field", tape({ version: null }), /of version null|another kind/],
    ["no entries", tape({ entries: undefined }), /line 1 should have a list of entries/],
    ["entries that are none", tape({ entries: { 0: 1 } }), /line 4 should have a list/],
    ["an entry that is null", tape({ entries: [null] }), /Line 5 .*not whole/],
    ["no model", tape({ model: undefined }), /Line 1 .*name of a model/],
    ["a model of another type", tape({ model: 7 }), /Line 3 .*name of a model/],
    ["no request", tape({ entries: [{ response: good }] }), /Line 5 .*request/],
    ["no response", tape({ entries: [{ request }] }), /Line 5 .*response/],
    ["a body that is a text", asked({ body: "Hi" }), /Line 9 .*body/],
    ["a body that is a list", asked({ body: [1] }), /Line 9 .*body/],
    ["a model in numbers", asked({ body: { model: 3 } }), /Line 10 .*model/],
    ["a path that is a number", asked({ path: 1 }), /Line 8 .*path/],
    ["a status in words", response({ status: "200" }), /status/],
    ["a status that is none", response({ status: 99 }), /status/],
    ["a huge status", response({ status: 1e300 }), /status/],
    ["a header with lines", response({ contentType: "a\r\nb: c" }), /contentType/],
    ["no pieces", response({ pieces: null }), /pieces/],
    ["a piece that is null", response({ pieces: [null] }), /pieces/],
    ["a text that is a number", piece(3), /text/],
    ["a time before the request", piece("x", -1), /ms/],
    ["a time of a year", piece("x", 31_536_000_000), /ms/],
    ["a time beyond numbers", piece("x", 0).replace('"ms": 0', '"ms": 1e999'), /ms/],
    ["a reply without its end", piece(sse(said)), /stops before its end/],
    ["a reply cut in a line", piece(sse(said, "[DONE]").slice(0, 40)), /cut off/],
    ["a reply of nothing", response({ pieces: [] }), /stops before its end/],
    [
      "a reply in JSON that is cut",
      response({ contentType: "application/json", pieces: [{ ms: 1, text: '{"choices": [' }] }),
      /cut off/,
    ],
    [
      "a body too deep",
      tape({}).replace('"messages": []', `"messages": ${deep}`),
      /nested too deeply|not JSON/,
    ],
  ])("%s", async (_what, content, sentence) => {
    const path = join(folder, "malformed.json");
    writeFileSync(path, content);
    const { code, stdout, stderr } = await run(["lesson", "memory/stateless", "--replay", path]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n")).toHaveLength(3);
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/malformed\.json/);
    expect(stderr).not.toMatch(/inside llm-lab/);
    if (content.length > 0) expect(stderr).toMatch(/line \d/i);
  });

  test.each([
    ["an end without the mark", piece(sse(said, ended))],
    ["requests that make no sense", asked({ body: { messages: [null, 3, "x"] } })],
    ["messages that are none", asked({ body: { messages: { a: 1 } } })],
    ["a reply without content", response({ status: 204, pieces: [] })],
  ])("%s is read, and another run is told", async (_what, content) => {
    const path = join(folder, "odd.json");
    writeFileSync(path, content);
    const { code, stdout, stderr } = await run(["lesson", "memory/stateless", "--replay", path]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(/Record the run again/);
    expect(stdout).not.toMatch(/inside llm-lab/);
  });
});
