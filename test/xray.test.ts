import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCounter } from "../src/model/tokens.ts";
import { offlineWire } from "../src/offline/app.ts";
import { forAnyModel } from "../src/xray/any-model.ts";
import { eventsOf, root, run } from "./support/program.ts";
import { serveFaults, serveHandler } from "./support/server.ts";

const KEY = "sk-test-0123456789abcdefghij";
const at = (file: string) => join(root, "test/xray/programs", file);
const node = (file: string) => [process.execPath, at(file)];
const vitest = join(root, "node_modules/vitest/vitest.mjs");

/** Programs that know nothing of llm-lab, each as its docs show it. */
const PROGRAMS: Record<string, { words: string[]; stdin?: string; code?: number }> = {
  "a ConversationChain bot": { words: node("conversation.mjs") },
  "an agent with tools": { words: node("agent.mjs") },
  "a retrieval chain in LCEL, streamed": { words: node("retrieval.mjs") },
  "OpenAI's SDK, streaming": { words: node("stream.mjs") },
  "CommonJS on the responses API, that reads stdin and fails": {
    words: node("responses.cjs"),
    stdin: "What is 3 + 4?\n",
    code: 7,
  },
  "Python's urllib": { words: ["python3", at("ask.py")] },
  curl: {
    words: [
      ...["sh", "-c"],
      `curl -s "$OPENAI_BASE_URL/chat/completions" -H "Authorization: Bearer $OPENAI_API_KEY" -H 'Content-Type: application/json' -d '{"model":"gpt-4o-mini", "messages":[{"role":"user","content":"What is 6 times 7?"}]}'`,
    ],
  },
  "a vitest suite in TypeScript, of which one test fails": {
    words: [process.execPath, vitest, "run", "--root", at("suite")],
    code: 1,
  },
};

let server: Awaited<ReturnType<typeof serveHandler>>;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-xray-"));
  const wire = forAnyModel(offlineWire({ countTokens: await loadCounter("offline-tutor") }));
  server = await serveHandler(async (request) => {
    const body = await request.text();
    return wire(request.url, { method: request.method, ...(body !== "" && { body }) });
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const live = () => ({ OPENAI_BASE_URL: server.url, OPENAI_API_KEY: KEY });

/** Not every machine has Python and a shell. */
const isThere = (program: string) =>
  spawnSync(program, ["-c", "exit()"], { stdio: "ignore" }).error === undefined;

/** What the server received while something ran, less what belongs to a connection. */
async function received<T>(work: () => Promise<T>) {
  const before = server.received.length;
  const result = await work();
  const requests = server.received.slice(before).map(({ headers, ...request }) => {
    const { host: _, connection: __, ...kept } = headers;
    return { ...request, headers: kept };
  });
  return { result, requests };
}

describe("a program under xray", () => {
  test.each(Object.entries(PROGRAMS).filter(([, { words }]) => isThere(words[0] ?? "")))(
    "%s: sends the same, says the same, and ends the same",
    async (name, { words, stdin = "", code = 0 }) => {
      const direct = await received(() => runDirectly(words, stdin));
      const argv = ["xray", "--", ...words];
      const under = await received(() => run(argv, { env: live(), stdin, alone: true }));
      expect(under.requests).toEqual(direct.requests);
      expect(direct.requests.length).toBeGreaterThan(0);
      expect([under.result.code, direct.result.code]).toEqual([code, code]);
      if (!name.includes("vitest")) expect(under.result.stdout).toBe(direct.result.stdout);
      expect(under.result.stdout).not.toContain("x-ray");
      expect(under.result.stderr).toMatch(/▸ call 1 · [\w ]+ → gpt-4o-mini/);
      expect(under.result.stderr).toMatch(/x-ray: \d+ calls? · .* exit\s+code \d/s);
      expect(under.result.stderr).not.toContain(KEY);
    },
  );

  test("shows prompts part by part, what is new, replies, tools and what they took", async () => {
    const argv = ["xray", "--", ...node("agent.mjs")];
    const { stderr } = await run(argv, { env: live(), alone: true });
    expect(stderr).toContain("gpt-4o-mini (tools: search_notes)");
    expect(stderr).toMatch(/^ input +│ How much is a loaf of rye\?$/m);
    expect(stderr).toMatch(
      /^ reply +» → search_notes\(\{"query":"How much is a loaf of rye\?"\}\)$/m,
    );
    // The second prompt begins as the first, so only what follows is new.
    expect(stderr).toMatch(/^ input +│ user: How much is a loaf of rye\?$/m);
    expect(stderr).toMatch(/^ call +│\+assistant: → search_notes/m);
    expect(stderr).toMatch(/^ result +│\+tool: Source: prices\.md$/m);
    expect(stderr).toMatch(
      /\d+ tokens in · \d+ out · .* ·\s+about \$0\.\d+ at prices of \d{4}-\d\d/,
    );
  });

  test("needs no key and no network: then the offline model answers for any other", async () => {
    const { stdout, stderr, code } = await run(["xray", "--", ...node("conversation.mjs")], {
      alone: true,
    });
    expect([code, stdout]).toEqual([
      0,
      "Hello Jim! Nice to meet you.\n6 × 7 is 42.\nYour name is Jim.\n",
    ]);
    expect(stderr).toContain("offline: llm-lab's own model answers");
    expect(stderr).toMatch(/x-ray: 3 calls · .* · free · exit code 0/);
  });

  test("says so where no call came by", async () => {
    const env = { OPENAI_API_KEY: KEY };
    const argv = ["xray", "--", process.execPath, "-e", "console.log(process.env.OPENAI_API_KEY)"];
    const { stdout, stderr, code } = await run(argv, { env, alone: true });
    expect([code, stdout]).toEqual([0, `${KEY}\n`]);
    expect(stderr).toMatch(/No call came by\. .* let it read OPENAI_BASE_URL\./s);
  });

  test("keeps its flags, its variables and its signals for itself", async () => {
    const script =
      "process.on('SIGTERM', () => { console.log('caught'); process.exit(3) }); console.log(process.argv.slice(1).join(' '), process.env.LANGCHAIN_VERBOSE, 'ready'); setInterval(() => {}, 1000)";
    const argv = [
      "xray",
      process.execPath,
      "-e",
      script,
      "--",
      "--debug",
      "--help",
      "--model",
      "x",
    ];
    const { stdout, code } = await run(argv, {
      env: { LANGCHAIN_VERBOSE: "true" },
      watch: (output, child) => {
        if (/ready\n$/.test(output)) child.kill("SIGTERM");
      },
    });
    expect([code, stdout]).toEqual([3, "--debug --help --model x true ready\ncaught\n"]);
  });

  test("a signal that ends it, and a program that is not there, have a shell's exit codes", async () => {
    const killed = ["xray", "--", "sh", "-c", "kill -9 $$"];
    expect((await run(killed, { alone: true })).code).toBe(137);
    const missing = await run(["xray", "--", "no-such-program"], { alone: true });
    expect([missing.code, missing.stdout]).toEqual([127, ""]);
    expect(missing.stderr).toContain("There is no program no-such-program.");
    const nothing = await run(["xray"]);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain("xray needs a program to run.");
  });
});

describe("what is written", () => {
  test("--out has every event as JSON, and the screen only the end", async () => {
    const out = join(folder, "run.jsonl");
    const argv = ["xray", "--out", out, "--", ...node("stream.mjs")];
    const { stdout, stderr, code } = await run(argv, { env: live(), alone: true });
    expect([code, stdout]).toEqual([0, "17 × 23 is 391.\n"]);
    expect(stderr).not.toContain("▸ call");
    expect(stderr).toContain("x-ray: 1 call");
    const events = eventsOf(readFileSync(out, "utf8"));
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(["run-start", "xray-start", "call-start"]);
    expect(types.slice(-2)).toEqual(["call-end", "xray-end"]);
    const tokens = events.filter(({ type }) => type === "call-token").map(({ text }) => text);
    expect(tokens.length).toBeGreaterThan(1);
    expect(tokens.join("")).toBe("17 × 23 is 391.");
    expect(events.find(({ type }) => type === "xray-end")).toMatchObject({ exitCode: 0, traps: 0 });
  });

  test("keys are masked in all of it, in prompts, replies and variables", async () => {
    const other = "AKIAABCDEFGHIJKLMNOP";
    const token = "x9f-own-secret-token-1234567890";
    const script = `
      const { default: OpenAI } = await import(${JSON.stringify(import.meta.resolve("openai"))});
      const ask = (content) => new OpenAI().chat.completions.create({ model: "gpt-4o-mini", messages: [{ role: "user", content }] });
      await ask("My key is ${other}, and ${KEY}.");
      const reply = await ask("My name is ${token}. What is my name?");
      console.log(reply.choices[0].message.content);`;
    const [out, tape] = [join(folder, "keys.jsonl"), join(folder, "keys.json")];
    const env = { ...live(), SERVICE_TOKEN: token };
    const program = ["--", process.execPath, "--input-type=module", "-e", script];
    for (const flags of [["--out", out, "--record", tape], ["--full"]]) {
      const { stdout, stderr, code } = await run(["xray", ...flags, ...program], {
        env,
        alone: true,
      });
      expect(code).toBe(0);
      expect(stdout).toContain(token);
      const written =
        flags.length > 1 ? readFileSync(out, "utf8") + readFileSync(tape, "utf8") : "";
      for (const secret of [other, KEY, token]) {
        expect(stderr).not.toContain(secret);
        expect(written).not.toContain(secret);
      }
      expect(stderr).toMatch(/⚠ call 1: .*an AWS key stands in the prompt/s);
    }
  });

  test("a run that was recorded is replayed with no endpoint, and spoilt where asked", async () => {
    const tape = join(folder, "tape.json");
    const program = ["--", ...node("retrieval.mjs")];
    const recorded = await run(["xray", "--record", tape, ...program], {
      env: live(),
      alone: true,
    });
    expect(recorded.code).toBe(0);
    const nowhere = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1", OPENAI_API_KEY: KEY };
    const replayed = await run(["xray", "--replay", tape, ...program], {
      env: nowhere,
      alone: true,
    });
    expect([replayed.code, replayed.stdout]).toEqual([0, recorded.stdout]);
    expect(replayed.stderr).toContain(`replies come from the tape`);
    const spoilt = ["xray", "--replay", tape, "--fault", "half-stream", ...program];
    const half = (await run(spoilt, { env: nowhere, alone: true })).stdout.trim();
    expect(half.length).toBeLessThan(recorded.stdout.trim().length);
    expect(recorded.stdout.startsWith(half)).toBe(true);
    const other = await run(["xray", "--replay", tape, "--", ...node("stream.mjs")], {
      alone: true,
    });
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/✗ .*The tape .* has/s);
  });

  test("a budget lets nothing pass that it does not cover", async () => {
    const argv = ["xray", "--budget", "0.0000001", "--", ...node("stream.mjs")];
    const { result, requests } = await received(() => run(argv, { env: live(), alone: true }));
    expect(requests).toEqual([]);
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/✗ The budget of \$1e-7 does not cover the next request/);
  });
});

describe("what goes wrong on the way", () => {
  test("--fault 429 refuses once: the program's retry is the same call", async () => {
    const argv = ["xray", "--fault", "429", "--", ...node("stream.mjs")];
    const { stdout, stderr, code } = await run(argv, { env: live(), alone: true });
    expect([code, stdout]).toEqual([0, "17 × 23 is 391.\n"]);
    expect(stderr).toMatch(/✗ 429: Rate limit reached/);
    expect(stderr).toMatch(/↻ call 1 is sent again, .* after 429: try 2/);
    expect(stderr).toMatch(/x-ray: 1 call ·/);
  });

  test("a connection that breaks is a connection that breaks", async () => {
    const broken = await serveFaults((_request, response, _body, count) => {
      if (count % 2 === 1) return void response.destroy();
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write('data: {"choices":[{"index":0,"delta":{"content":"Half a "}}]}\n\n', () =>
        setImmediate(() => response.destroy()),
      );
    });
    const env = { OPENAI_BASE_URL: broken.url, OPENAI_API_KEY: KEY };
    const program = node("stream.mjs");
    const direct = await runDirectly(program, "", env);
    const under = await run(["xray", "--", ...program], { env, alone: true });
    await broken.close();
    const errorIn = (stderr: string) => /^\S*Error: .*$/m.exec(stderr)?.[0];
    expect([under.code, under.stdout]).toEqual([direct.code, direct.stdout]);
    expect(errorIn(under.stderr)).toBe(errorIn(direct.stderr));
    expect(errorIn(direct.stderr)).toBeDefined();
    expect(under.stderr).toMatch(/✗ 127\.0\.0\.1:\d+ closed the connection/);
    expect(under.stderr).toMatch(/↻ call 1 is sent again/);
  });

  test("an endpoint's own errors reach the program as they are", async () => {
    const words =
      '{"error":{"message":"The model `gpt-4o-mini` does not exist","code":"model_not_found"}}';
    const strict = await serveFaults((_request, response) => {
      response.writeHead(404, { "content-type": "application/json", "x-request-id": "r1" });
      response.end(words);
    });
    const env = { OPENAI_BASE_URL: strict.url, OPENAI_API_KEY: KEY };
    const direct = await runDirectly(node("stream.mjs"), "", env);
    const under = await run(["xray", "--", ...node("stream.mjs")], { env, alone: true });
    await strict.close();
    const told = /NotFoundError: 404 The model `gpt-4o-mini` does not exist/;
    expect(direct.stderr).toMatch(told);
    expect(under.stderr).toMatch(told);
    expect(under.stderr).toContain("✗ 404: The model `gpt-4o-mini` does not exist");
    expect([under.code, direct.code]).toEqual([1, 1]);
  });
});

test("--port alone serves programs that are started elsewhere, until Ctrl-C", async () => {
  let asked: Promise<string> | undefined;
  let isEnded = false;
  const { stderr, stdout, code } = await run(["xray", "--port", "0", "--model", "offline"], {
    watchErrors: (output, child) => {
      const address = /x-ray at (\S+)/.exec(output)?.[1];
      if (address && !asked) asked = ask(address);
      if (/42\..*free/s.test(output) && !isEnded) child.kill("SIGINT");
      isEnded ||= /42\..*free/s.test(output);
    },
  });
  expect(await asked).toContain("42");
  expect([code, stdout]).toEqual([130, ""]);
  expect(stderr).toMatch(/▸ call 1 · your code → any-model/);
  expect(stderr).toMatch(/x-ray: 1 call/);
});

async function ask(address: string): Promise<string> {
  const messages = [{ role: "user", content: "What is 6 times 7?" }];
  const reply = await fetch(`${address}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "any-model", messages }),
  });
  return reply.text();
}

/** Runs a program by itself, as a user would without xray. */
function runDirectly([program = "", ...words]: string[], stdin: string, env = live()) {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(program, words, {
    cwd: tmpdir(),
    env: { PATH, HOME, TMPDIR, ...env },
  });
  const finished = { stdout: "", stderr: "", code: 0 as number | null };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    finished.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    finished.stderr += text;
  });
  child.stdin.on("error", () => {}).end(stdin);
  return new Promise<typeof finished>((resolve) => {
    child.on("close", (code) => resolve({ ...finished, code }));
  });
}
