import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openRun } from "../src/run/open.ts";
import { good, KEY } from "./support/habits.ts";
import { run } from "./support/program.ts";
import { Screen } from "./support/screen.ts";
import { serveFaults } from "./support/server.ts";

const LESSON = ["lesson", "memory/stateless", "--model", "gpt-test"];
let folder = "";
let server: Awaited<ReturnType<typeof serveFaults>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-origins-"));
  server = await serveFaults((request, response, body, count) =>
    good(response, request, body, count),
  );
});
afterEach(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  await server.close();
});
/** Loading takes a while on a busy machine. */
const WAIT = { timeout: 20_000 };
const envFile = (text: string | Buffer) => writeFileSync(join(folder, ".env"), text);
const heard = () => JSON.stringify(server.received);

describe("a folder's .env names an address, and the key is the learner's own", () => {
  test.each([
    ["a lesson", LESSON],
    ["an index", ["index", ".", "--embedding-model", "m", "--into", "store"]],
    ["a question", ["ask", "Why?", "--embedding-model", "m", "--handbook"]],
    ["a chat", ["chat", "window", "--model", "gpt-test"]],
    ["doctor", ["doctor"]],
  ])("%s in a pipe sends nothing, and names both", async (_name, argv) => {
    envFile(`OPENAI_BASE_URL=${server.url}\n`);
    const env = { OPENAI_API_KEY: KEY };
    const { code, stdout, stderr } = await run(argv, { env, cwd: folder, stdin: "Hi\n" });
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/OPENAI_BASE_URL in line 1 of \.env/);
    expect(stdout + stderr).toMatch(/OPENAI_API_KEY in the environment/);
    expect(stdout + stderr).not.toContain(KEY);
    expect(server.received).toEqual([]);
  });

  test.each([
    ["no", "1"],
    ["yes", "2"],
  ])("in a terminal it is asked: %s", async (answer, key) => {
    envFile(`OPENAI_BASE_URL=${server.url}\n`);
    vi.stubEnv("OPENAI_API_KEY", KEY);
    vi.stubEnv("CI", "");
    const before = process.cwd();
    process.chdir(folder);
    const screen = new Screen(100, 30);
    try {
      const opened = openRun({}, terminal(screen)).then(
        (opened) => opened.close().then(() => "yes"),
        (error: Error) => error.message,
      );
      await vi.waitFor(() => expect(screen.everything()).toMatch(/Send the key to 127/), WAIT);
      screen.input.push(key);
      const outcome = await opened;
      expect(outcome).toMatch(answer === "yes" ? /^yes$/ : /was not set for/);
      expect(screen.everything().replace(/\s+/g, " ")).toContain(
        "OPENAI_API_KEY in the environment",
      );
    } finally {
      process.chdir(before);
    }
  });

  test("both in the same file go together", async () => {
    envFile(`OPENAI_BASE_URL=${server.url}\nOPENAI_API_KEY=sk-of-the-folder-1\n`);
    const { code } = await run(LESSON, { cwd: folder, env: { OPENAI_API_KEY: "" } });
    expect(code).toBe(0);
    expect(heard()).toContain("sk-of-the-folder-1");
  });
});

describe("the organisation and the project", () => {
  const own = { OPENAI_ORGANIZATION: "org-1", OPENAI_PROJECT_ID: "proj-1" };

  test("are not sent to another host", async () => {
    const env = { ...own, OPENAI_ORG_ID: "org-2", OPENAI_BASE_URL: server.url };
    const { code } = await run(LESSON, { env });
    expect(code).toBe(0);
    expect(heard()).not.toMatch(/org-1|org-2|proj-1/);
  });

  test("are sent where the same file names them beside the address", async () => {
    envFile(`OPENAI_BASE_URL=${server.url}\nOPENAI_ORGANIZATION=org-1\nOPENAI_PROJECT_ID=proj-1\n`);
    await run(LESSON, { cwd: folder });
    expect(server.received[0]?.headers).toMatchObject({
      "openai-organization": "org-1",
      "openai-project": "proj-1",
    });
  });

  test("of the environment are not sent to the address of a file", async () => {
    envFile(`OPENAI_BASE_URL=${server.url}\n`);
    await run(LESSON, { cwd: folder, env: own });
    expect(heard()).not.toMatch(/org-1|proj-1/);
  });
});

describe("settings as other programs write them", () => {
  test.each([
    ["OPENAI_API_KEY", `"${KEY}"`],
    ["OPENAI_API_KEY", `'${KEY}'`],
    ["OPENAI_API_KEY", `“${KEY}”`],
    ["OPENAI_BASE_URL", '"http://127.0.0.1:1/v1"'],
    ["LLM_LAB_MODEL", "'gpt-test'"],
  ])("%s in quotation marks: %s", async (name, value) => {
    const env = { OPENAI_BASE_URL: server.url, [name]: value };
    const { code, stderr } = await run(LESSON.slice(0, 2), { env });
    expect(stderr).toMatch(new RegExp(`${name} in the environment stands in quotation marks`));
    expect(stderr).not.toContain(KEY);
    expect([code, server.received]).toEqual([2, []]);
  });

  test.each(["/chat/completions", "/completions/", "/embeddings", "/models"])(
    "an address that goes on to %s",
    async (tail) => {
      const env = { OPENAI_BASE_URL: `${server.url}${tail}` };
      const { code, stderr } = await run(LESSON, { env });
      expect(stderr).toMatch(/goes too far/);
      expect(stderr).toContain(`Leave that out: ${server.url}.`);
      expect(code).toBe(2);
    },
  );

  test.each([
    ["UTF-16, little end first", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16, big end first", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["UTF-8 with a mark", (text: string) => Buffer.from(`\ufeff${text}`)],
  ])(".env in %s is read", async (_name, encode) => {
    envFile(encode(`OPENAI_BASE_URL=${server.url}\r\nOPENAI_API_KEY=${KEY}\r\n`));
    const { code, stderr } = await run(LESSON, { cwd: folder });
    expect([code, stderr]).toEqual([0, ""]);
    expect(heard()).toContain(KEY);
  });

  test(".env in UTF-16 without a mark is told, and shows nothing of itself", async () => {
    envFile(Buffer.from(`OPENAI_API_KEY=${KEY}`, "utf16le"));
    const { code, stderr } = await run(LESSON, { cwd: folder });
    expect(stderr).toMatch(/not text in UTF-8.*\nSave it as UTF-8/);
    expect(code).toBe(2);
  });

  test.skipIf(process.platform === "win32")(".env as a named pipe is told at once", async () => {
    execFileSync("mkfifo", [join(folder, ".env")]);
    const { code, stderr } = await run(LESSON, { cwd: folder });
    expect(stderr).toMatch(/\.env cannot be read: it is a named pipe/);
    expect(code).toBe(2);
  });

  test("a huge .env is told", async () => {
    envFile(`A=${"x".repeat(2 * 1024 * 1024)}`);
    const { code, stderr } = await run(LESSON, { cwd: folder });
    expect(stderr).toMatch(/\.env cannot be read: it has 3 MB, and at most 1 MB/);
    expect(code).toBe(2);
  });
});

function terminal(screen: Screen) {
  return {
    stdin: screen.input,
    stdout: screen.output,
    signal: new AbortController().signal,
    interrupt: () => {},
    now: () => new Date(),
    program: "llm-lab",
  } as unknown as Parameters<typeof openRun>[1];
}
