import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Finished, run } from "./support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-host-"));
writeFileSync(join(folder, ".env"), "LLM_LAB_TIMEOUT=-3\n");
writeFileSync(join(folder, "notes.md"), "# Kettle\n\nThe kettle is green.\n");
afterAll(() => rmSync(folder, { recursive: true }));

/** Commands of each kind, one after another in one process, each of which could leave something to the next. */
const RUNS: [string[], Parameters<typeof run>[1]?][] = [
  [["--version"]],
  [["--help"]],
  [["lesson", "--help"]],
  [["help", "token"], { env: { COLUMNS: "40" } }],
  [["help", "token"]],
  [[]],
  [["lesson", "memory/window", "--set", "k=3", "--format", "jsonl"]],
  [["lesson", "memory/window"], { env: { LANGCHAIN_VERBOSE: "true", LC_OUTPUT_VERSION: "v1" } }],
  [["lesson", "memory/window"]],
  [["lesson", "memory/window"], { env: { OPENAI_BASE_URL: "http://127.0.0.1:1/v1" } }],
  [["lesson", "memory/window", "--set", "k=two"]],
  [["lesson", "memory", "--mdel", "x"]],
  [["lesson", "memri"]],
  [["lesson", "vector-store/upsert", "--format", "jsonl"]],
  [["lesson", "prompting/next-token"]],
  [["chat", "buffer"], { stdin: "I am Zoë.\nwho am I?" }],
  [["chat", "buffer"]],
  [["list"], { cwd: folder }],
  [["doctor", "--json"], { cwd: folder }],
  [["doctor"]],
  [["ask", "What is a token?", "--handbook", "--format", "json"]],
  [["ask", "Which colour has the kettle?", "--store", "memory", "--in", folder]],
  [["index", join(folder, "nowhere")]],
];

test.each(RUNS)("%j %j gives the same in a warm process as alone", async (argv, options) => {
  const warm = await run(argv, options);
  const alone = await run(argv, { ...options, alone: true });
  expect(timeless(warm)).toEqual(timeless(alone));
});

/** Without times, random ids and the lines of a stack, which differ from run to run. */
function timeless({ stdout, stderr, code }: Finished) {
  const ids = new Map<string, number>();
  const text = stdout
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      if (!ids.has(id)) ids.set(id, ids.size);
      return `<id ${ids.get(id)}>`;
    })
    .replace(/"(ms|startedMs|msToFirst\w*)":( ?)[\d.]+/g, '"$1":$20')
    .replace(/\d+(\.\d+)? m?s\b/g, "<time>");
  return { stdout: text, stderr: stderr.replace(/^ {4}at .*$/gm, ""), code };
}
