import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clean, jsonOf } from "../src/clean.ts";
import { writeFiles } from "./support/documents.ts";
import { run } from "./support/program.ts";
import { serveFaults } from "./support/server.ts";

/**
 * What a terminal obeys: the clipboard, colours, a title, each control character, turned letters.
 */
const HOSTILE =
  "MARK\u001b]52;c;aGFja2Vk\u0007\u001b[31m\u001b[2J\u001b]0;t\u001b\\\u009b31m\u009d52;c;eA\u009c\u0085\u007f\b\u202eABC\u202c\u2066D\u2069";
const OBEYED = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
/** The colours that our own style writes. */
const ESC = "\u001b";
const COLOURS = new RegExp(`${ESC}\\[[\\d;]*m`, "g");

let folder = "";
let server: Awaited<ReturnType<typeof serveFaults>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-escapes-"));
  server = await serveFaults((request, response, body) => {
    const path = request.url ?? "";
    const json = (status: number, value: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    };
    if (path.endsWith("/models"))
      return json(200, { data: [{ id: HOSTILE, shutdown_date: HOSTILE }] });
    if (path.includes("/refuses/"))
      return json(400, { error: { message: HOSTILE, code: HOSTILE } });
    if (path.includes("/unknown/"))
      return json(404, { error: { message: HOSTILE, code: "model_not_found" } });
    if (path.includes("/raw/")) return void response.writeHead(200).end(HOSTILE);
    if (path.endsWith("/embeddings")) {
      const { input } = JSON.parse(body);
      const data = [input].flat().map((_: string, index: number) => ({ index, embedding: [1, 0] }));
      return json(200, { data, model: HOSTILE, usage: { prompt_tokens: 1, total_tokens: 1 } });
    }
    if (path.includes("/tools/")) return json(200, whole(toolCall));
    if (path.includes("/json/"))
      return json(200, whole({ content: JSON.stringify({ destination: HOSTILE, name: HOSTILE }) }));
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const part of HOSTILE) response.write(piece(part));
    response.end(`${piece("", "stop")}data: [DONE]\n\n`);
  });
  // A short file with this many control characters is taken for binary.
  const garden = "\n## Garden\n\nAn ordinary line about an ordinary garden.\n".repeat(100);
  writeFiles(join(folder, "notes"), {
    [`${nameable(HOSTILE)}.md`]: `# ${HOSTILE}\n\nThe boiler ${HOSTILE} is due in May.\n${garden}`,
    [`${nameable(HOSTILE)}.pdf`]: "no pdf",
    [`${nameable(HOSTILE)}.html`]: `<h1>${HOSTILE}</h1><p>The boiler ${HOSTILE}`,
  });
  writeFiles(join(folder, "dotenv"), { ".env": `LLM_LAB_MODEL=${HOSTILE}\n` });
  writeFiles(join(folder, "dotenv-bad"), { ".env": `${HOSTILE}\n` });
  writeFiles(folder, {
    "reviews.csv": `Product,Review\n"${HOSTILE}","${HOSTILE}"\n`,
    "columns.csv": `${HOSTILE}\nx\n`,
    "tape-model.json": tape({ model: HOSTILE }),
    "tape-version.json": tape({ version: HOSTILE }),
    "tape-reply.json": tape({}),
    "tape-torn.json": `{"version": 1, "model": "${HOSTILE}`,
    "model.ckpt": `llm-lab tiny model\n${HOSTILE}\n`,
  });
  await run(["index", join(folder, "notes"), "--into", join(folder, "store")]);
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const toolCall = {
  content: null,
  tool_calls: [
    { id: HOSTILE, type: "function", function: { name: HOSTILE, arguments: `{"a":"${HOSTILE}"}` } },
  ],
};
const whole = (message: object) => ({
  id: HOSTILE,
  model: HOSTILE,
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" }],
});
const piece = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;
/** A tape of lesson memory/stateless, whose replies are hostile. */
function tape(fields: object): string {
  const entries = ["Hi, my name is Ada.", "What is my name?"].map((content) => ({
    request: {
      method: "POST",
      path: "/v1/chat/completions",
      body: { model: HOSTILE, temperature: 0, messages: [{ role: "user", content }] },
    },
    response: {
      status: 200,
      contentType: "text/event-stream",
      pieces: [{ ms: 1, text: `${piece(HOSTILE, "stop")}data: [DONE]\n\n` }],
    },
  }));
  return JSON.stringify({ version: 1, model: HOSTILE, entries, ...fields });
}

/** Without the characters that no file name has. */
function nameable(text: string): string {
  return text.replace(/[\0/]/g, "");
}

const H = nameable(HOSTILE);
const live = (kind: string, more: Record<string, string> = {}) => ({
  OPENAI_BASE_URL: server.url.replace("/v1", `/${kind}/v1`),
  OPENAI_API_KEY: "sk-x-1234567",
  LLM_LAB_MODEL: HOSTILE,
  ...more,
});
const at = (name: string) => join(folder, name);

type Way = [
  what: string,
  argv: () => string[],
  options?: () => { env?: Record<string, string>; cwd?: string; stdin?: string },
];
/** Ways in which what is hostile is refused without being shown. */
const UNSHOWN = new Set([
  ...["a store's address", "a store's host", "params", "a torn tape", "a checkpoint"],
  ...["columns of a table", "an address", "a key"],
]);
const FORMATS = ["plain", "jsonl", "json"];
const WAYS: Way[] = [
  // what was typed
  ["a command", () => [H]],
  ["a lesson", () => ["lesson", H]],
  ["a section", () => ["lesson", `memory/${H}`]],
  ["a second word", () => ["lesson", "memory", H]],
  ["a flag", () => ["lesson", `--${H}`]],
  ["a format", () => ["lesson", "memory/stateless", "--format", H]],
  ["a param's name", () => ["lesson", "memory/window", "--set", `${H}=1`]],
  ["a number", () => ["lesson", "memory/window", "--set", `k=${H}`]],
  ["an answer", () => ["lesson", "memory/stateless", "--answers", H]],
  ["a tape to play", () => ["lesson", "memory", "--replay", H]],
  ["a tape to record", () => ["lesson", "memory/stateless", "--record", `/${H}/${H}/x`]],
  ["a table", () => ["lesson", "chains/router", "--file", H]],
  ["a store", () => ["lesson", "vector-store/search", "--store", H]],
  ["a store's address", () => ["ask", "x", "--store", `postgres://u:p@127.0.0.1:1/${H}`]],
  ["a store's host", () => ["ask", "x", "--store", `http://${H}:1`]],
  ["a place", () => ["ask", "x", "--in", `/${H}`]],
  ["a folder", () => ["index", H]],
  ["a corpus", () => ["train", "--corpus", H]],
  ["where to train into", () => ["train", "--out", `/dev/null/${H}`]],
  ["prices", () => ["lesson", "memory", "--prices", H]],
  ["a budget", () => ["lesson", "memory", "--budget", H]],
  ["a timeout", () => ["lesson", "memory", "--timeout", H]],
  ["a fault", () => ["lesson", "memory", "--fault", H]],
  ["a topic", () => ["help", H]],
  ["a topic with words", () => ["help", "temperature", H]],
  ["a memory", () => ["chat", H]],
  ["a program", () => ["code", `memory/${H}`]],
  ["a program's value", () => ["code", "memory/window", "--set", `name=${H}`]],
  ["where to write a program", () => ["code", "memory/window", "--out", `/${H}/x.mjs`]],
  ["where a program was written", () => ["code", "memory/window", "--out", at(`${H}.mjs`)]],
  ["a host", () => ["serve", "--host", H]],
  ["a port", () => ["serve", "--port", H]],
  ["a tiny model", () => ["lesson", "prompting/base", "--model", `tiny:${H}`]],
  ["a provider", () => ["lesson", "memory", "--model", `${H}:x`]],
  ["--debug", () => ["index", H, "--debug"]],
  ["params", () => ["lesson", "memory/window", "--params", "--set", `name=${H}`]],
  ...FORMATS.map(
    (format): Way => [
      `a param's value, ${format}`,
      () => ["lesson", "memory/window", "--set", `name=${H}`, "--format", format],
    ],
  ),
  ...FORMATS.map(
    (format): Way => [
      `a question, ${format}`,
      () => ["ask", H, "--handbook", "--show-prompt", "--format", format],
    ],
  ),
  ["lines of a chat", () => ["chat", "buffer"], () => ({ stdin: `${HOSTILE}\n/set ${H}\n` })],
  // what stands in files
  ["a setting in .env", () => ["lesson", "memory/stateless"], () => ({ cwd: at("dotenv") })],
  ["a line of .env", () => ["lesson", "memory/stateless"], () => ({ cwd: at("dotenv-bad") })],
  ["a tape's model", () => ["lesson", "memory/stateless", "--replay", at("tape-model.json")]],
  ["a tape's version", () => ["lesson", "memory/stateless", "--replay", at("tape-version.json")]],
  ["a torn tape", () => ["lesson", "memory/stateless", "--replay", at("tape-torn.json")]],
  ...FORMATS.map(
    (format): Way => [
      `a tape's replies, ${format}`,
      () => ["lesson", "memory/stateless", "--replay", at("tape-reply.json"), "--format", format],
    ],
  ),
  ["a checkpoint", () => ["lesson", "prompting/base", "--model", `tiny:${at("model.ckpt")}`]],
  ...["reviews", "columns"].map(
    (name): Way => [`${name} of a table`, () => ["lesson", "chains", "--file", at(`${name}.csv`)]],
  ),
  ...FORMATS.flatMap((format): Way[] => [
    [
      `names of files, ${format}`,
      () => ["index", at("notes"), "--into", at(format), "--format", format],
    ],
    [
      `passages, ${format}`,
      () => [
        "ask",
        "When is the boiler due?",
        "--in",
        at("store"),
        "--show-prompt",
        "--format",
        format,
      ],
    ],
  ]),
  // what a server says
  [
    "an address",
    () => ["lesson", "memory/stateless"],
    () => ({ env: { OPENAI_BASE_URL: `http://${H}/v1` } }),
  ],
  ["no address", () => ["lesson", "memory/stateless"], () => ({ env: { OPENAI_BASE_URL: H } })],
  ["a key", () => ["lesson", "memory/stateless"], () => ({ env: { OPENAI_API_KEY: H } })],
  ...["good", "refuses", "unknown", "raw", "tools", "json"].flatMap((kind): Way[] => [
    ...FORMATS.map(
      (format): Way => [
        `${kind}, ${format}`,
        () => ["lesson", "memory/stateless", "--format", format],
        () => ({ env: live(kind) }),
      ],
    ),
    [`${kind}, structured output`, () => ["lesson", "prompting/now"], () => ({ env: live(kind) })],
    [`${kind}, a router`, () => ["lesson", "chains/router"], () => ({ env: live(kind) })],
    [`${kind}, doctor`, () => ["doctor"], () => ({ env: live(kind) })],
    [`${kind}, doctor as JSON`, () => ["doctor", "--json"], () => ({ env: live(kind) })],
    [
      `${kind}, a chat`,
      () => ["chat", "summary"],
      () => ({ env: live(kind), stdin: "Hello\nHello\n" }),
    ],
    [
      `${kind}, ask`,
      () => ["ask", "x", "--handbook", "--yes", "--embedding-model", H],
      () => ({ env: live(kind) }),
    ],
  ]),
];

describe("nothing that comes from outside makes a terminal obey", () => {
  test.each(WAYS)(
    "%s",
    async (what, argv, options) => {
      const { env, ...rest } = options?.() ?? {};
      const { stdout, stderr } = await run(argv(), { ...rest, env: withoutNul(env) });
      expect((stdout + stderr).includes("MARK")).toBe(!UNSHOWN.has(what));
      expect(OBEYED.exec(stdout + stderr)?.[0]).toBeUndefined();
    },
    60_000,
  );

  test.each(["stateless", "summary"])("in colour too: %s", async (section) => {
    const env = { ...live("good"), FORCE_COLOR: "3" };
    const { stdout } = await run(["lesson", `memory/${section}`], { env: withoutNul(env) });
    expect(stdout).toMatch(COLOURS);
    expect(OBEYED.exec(stdout.replace(COLOURS, ""))).toBeNull();
    // Red is not among the colours of a reply.
    expect(stdout).not.toContain("MARK\u001b[31m");
  });

  test("what is printed by packages goes to stderr, and is clean there", async () => {
    const noisy = at("noisy.mjs");
    writeFileSync(
      noisy,
      `process.once("beforeExit", () => { console.log(${JSON.stringify(HOSTILE)}); console.warn("also") });`,
    );
    const { stdout, stderr } = await run(["lesson", "memory/stateless", "--format", "jsonl"], {
      node: ["--import", noisy],
    });
    for (const line of stdout.trim().split("\n")) JSON.parse(line);
    expect(stderr).toMatch(/^MARK.*\nalso\n$/);
    expect(OBEYED.exec(stderr)).toBeNull();
  });
});

/** No variable has a NUL. */
function withoutNul(env: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replaceAll("\0", "")]),
  );
}

describe("clean", () => {
  test.each([
    ["a colour", "a\u001b[1;31mb", "ab"],
    ["the clipboard", "a\u001b]52;c;eA==\u0007b", "ab"],
    ["a link", "a\u001b]8;;http://x\u001b\\b", "ab"],
    ["a command that is never ended", "a\u001b]52;c;eA== b\nc", "a52;c;eA== b\nc"],
    ["an escape at the end", "a\u001b", "a"],
    ["C1", "a\u009b31mb\u0085c", "abc"],
    ["letters turned around", "a\u202eb\u2066c\u200fd", "abcd"],
    ["ends of lines", "a\r\nb\rc\n", "a\nbc\n"],
    ["a tab", "a\tb", "a    b"],
    ["what is fine", "🐎‍🐎 é ﻷ ไทย", "🐎‍🐎 é ﻷ ไทย"],
  ])("%s", (_name, text, expected) => expect(clean(text)).toBe(expected));

  test.each(["\u001b]", "\u009d52;", "\u001b[", "\u001b[0", "\u001b", "\u001b]x\u001b["])(
    "a megabyte of %j takes no time to speak of",
    (part) => {
      const started = performance.now();
      clean(part.repeat(1_000_000 / part.length));
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  test("JSON has the characters as escapes, and means the same", () => {
    const value = { [HOSTILE]: [HOSTILE, { x: 1 }] };
    for (const indent of [undefined, 2]) {
      expect(OBEYED.exec(jsonOf(value, indent))).toBeNull();
      expect(JSON.parse(jsonOf(value, indent))).toEqual(value);
    }
  });
});
