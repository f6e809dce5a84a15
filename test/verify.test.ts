import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildAgainst } from "../scripts/latest/build.mjs";
import { compareReports, compareVersions } from "../scripts/latest/compare.mjs";
import { junitFaults } from "./support/junit.ts";
import { root, run } from "./support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = (...argv: string[]) => run(["verify", ...argv], { cwd: folder });
/** The line of a section's file that has these words. */
const lineOf = (file: string, words: string) =>
  readFileSync(join(root, file), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(words)) + 1;

describe("llm-lab verify", () => {
  test("plays what was picked, and says that each outcome is kept", async () => {
    const { code, stdout, stderr } = await verify("memory/window", "setup/tokens", "memory/window");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^memory\/window +2 outcomes kept/m);
    expect(stdout).toMatch(/^setup\/tokens +1 outcome kept/m);
    expect(stdout).toMatch(/\n3 outcomes kept, of 2 sections, in .+s\.\n$/);
  });

  test("names a broken outcome with the line that promises it, and exits with 1", async () => {
    const argv = ["chains/sequential", "--fault", "trailing-comma"];
    const fine = await verify(...argv);
    expect([fine.code, fine.stdout]).toEqual([0, expect.stringContaining("2 outcomes kept")]);

    const { code, stdout } = await verify("setup/first-call", "--fault", "empty-reply");
    expect(code).toBe(1);
    const file = "lessons/setup/first-call.ts";
    expect(stdout).toContain(`
${file}:${lineOf(file, '"the reply comes in several pieces"')}
  streams: the reply comes in several pieces
`);
    expect(stdout).toContain("2 of 3 outcomes kept");
  });

  test("is told as JSON, as JUnit's XML and as annotations, with the same faults", async () => {
    const argv = ["chains/router", "--fault", "half-stream", "--format"];
    const json = JSON.parse((await verify(...argv, "json")).stdout);
    const [{ stops }] = json.sections;
    expect(json).toMatchObject({ isKept: false, outcomes: 3 });
    expect(stops.length).toBeGreaterThan(0);
    const junit = (await verify(...argv, "junit")).stdout;
    expect(await junitFaults(junit)).toEqual([]);
    expect(junit).toContain(` errors="${stops.length}"`);
    const github = (await verify(...argv, "github")).stdout;
    for (const { file, line } of stops)
      expect(github).toContain(`::error file=${file},line=${line},`);
  });

  test("takes no setting of the user's: no key, no address, no model", async () => {
    writeFileSync(join(folder, ".env"), "OPENAI_BASE_URL=http://127.0.0.1:9/v1\n");
    const env = { OPENAI_API_KEY: "sk-wrong", LLM_LAB_MODEL: "gpt-none" };
    const { code, stdout } = await run(["verify", "memory/stateless"], { cwd: folder, env });
    rmSync(join(folder, ".env"));
    expect([code, stdout]).toEqual([0, expect.stringContaining("2 outcomes kept")]);
  });

  test("replays the tape of a section or of its lesson", async () => {
    const tapes = join(folder, "tapes");
    mkdirSync(tapes);
    const record = ["lesson", "memory/window", "--model", "offline", "--record"];
    expect((await run([...record, join(tapes, "memory-window.json")])).code).toBe(0);
    expect((await verify("memory/window", "--replay", "tapes")).code).toBe(0);

    const tape = join(tapes, "memory-window.json");
    writeFileSync(tape, readFileSync(tape, "utf8").replaceAll("my name is Ada", "my name is Eve"));
    const other = await verify("memory/window", "--replay", "tapes");
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining("another prompt here")]);

    const none = await verify("memory/buffer", "--replay", "tapes");
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringContaining("no tape for memory/buffer"),
    ]);
    expect(none.stderr).toMatch(/llm-lab lesson memory\/buffer --record .*memory-buffer\.json/);
  });

  test.each([
    ["memroy", 'There is no lesson "memroy".\nDid you mean memory? '],
    ["memory/windwo", 'has no section "windwo".\nDid you mean memory/window? '],
  ])("says what was meant by %s", async (typed, says) => {
    const { code, stderr } = await verify(typed);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe("against another LangChain", () => {
  const other = join(folder, "other");
  const build = join(root, "dist-test");
  afterAll(() => rmSync(build, { recursive: true, force: true }));

  // A window that keeps five exchanges, whatever it is asked for, as a careless release would.
  beforeAll(async () => {
    const stub = join(other, "node_modules/@langchain/classic");
    mkdirSync(stub, { recursive: true });
    writeFileSync(join(other, "package.json"), "{}");
    const exports = { "./memory": "./memory.mjs" };
    writeFileSync(join(stub, "package.json"), JSON.stringify({ name: "stub", exports }));
    const ours = import.meta.resolve("@langchain/classic/memory");
    writeFileSync(
      join(stub, "memory.mjs"),
      `export * from ${JSON.stringify(pathToFileURL(new URL(ours).pathname).pathname)};
       import { BufferWindowMemory as Ours } from ${JSON.stringify(new URL(ours).pathname)};
       export class BufferWindowMemory extends Ours {
         constructor(fields) { super({ ...fields, k: 5 }); }
         static lc_name() { return "BufferWindowMemory"; }
       }`,
    );
    await buildAgainst(other, build);
  });

  test("the outcome that it breaks is named, with the line that promises it", async () => {
    const { spawnSync } = await import("node:child_process");
    const argv = [join(build, "cli.js"), "verify", "memory/window", "memory/buffer"];
    const { stdout } = spawnSync(process.execPath, [...argv, "--format", "json"], {
      encoding: "utf8",
      cwd: folder,
    });
    const ours = JSON.parse(
      (await verify("memory/window", "memory/buffer", "--format", "json")).stdout,
    );
    const { broken, mended, stillBroken } = compareReports(ours, JSON.parse(stdout));
    const file = "lessons/memory/window.ts";
    const line = lineOf(file, '"the name falls out');
    expect(broken).toEqual([
      {
        name: "memory/window/forgets: the name falls out of a window of one exchange",
        file,
        line,
        says: '"Will it still know the name?" is answered by "yes", not by "no".',
      },
    ]);
    expect([mended, stillBroken]).toEqual([[], []]);
    expect(compareReports(JSON.parse(stdout), ours).mended).toHaveLength(1);
  });

  test("the packages that changed are named with both versions", () => {
    const before = { langchain: "1.5.14", "@langchain/core": "1.4.0" };
    const after = { langchain: "1.6.0", "@langchain/core": "1.4.0" };
    expect(compareVersions(before, after)).toEqual([
      { name: "langchain", from: "1.5.14", to: "1.6.0" },
    ]);
  });
});
