import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { memoryKinds } from "../src/chat/kinds.ts";
import { run } from "./support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-completion-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function completed(...words: string[]): Promise<string[]> {
  const { stdout, code } = await run(["complete", "--", ...words]);
  expect(code).toBe(0);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.split("\t")[0] ?? "");
}

describe("what may follow", () => {
  test.each([
    [["les"], "lesson"],
    [["lesson", "memory/wi"], "memory/window"],
    [["code", "chains/ro"], "chains/router"],
    [["help", "windo"], "window-memory"],
    [["hint", "structu"], "structured"],
    [["lesson", "--la"], "--lang"],
    [["lesson", "memory", "--format", "js"], "json"],
    [["ask", "--store", "q"], "qdrant"],
    [["completion", "z"], "zsh"],
  ])("%j", async (words, expected) => {
    const found = await completed(...words);
    expect(found).toContain(expected);
    expect(found.at(-1)).toBe(":4");
  });

  test.each([[["index", ""]], [["lesson", "memory", "--replay", ""]], [["diff", "a"]]])(
    "%j is left to the shell, which knows the files",
    async (words) => {
      expect(await completed(...words)).toEqual([":0"]);
    },
  );

  test("no command of llm-lab's own use is offered", async () => {
    const found = await completed("");
    expect(found).toContain("lesson");
    expect(found.filter((word) => /complete$|write-to-store/.test(word))).toEqual([]);
  });

  test("all memories can be chatted with", async () => {
    expect((await completed("chat", "")).slice(0, -1)).toEqual(Object.keys(memoryKinds));
  });
});

test("the script for bash is bash, and may be read twice", async () => {
  const { stdout } = await run(["completion", "bash"]);
  const script = join(folder, "completion.bash");
  writeFileSync(script, stdout);
  const { status, stderr } = spawnSync("bash", ["-c", `source ${script}; source ${script}`]);
  expect([status, String(stderr)]).toEqual([0, ""]);
});

test.each([
  [["completion"], "Which shell?"],
  [["completion", "bsh"], "Did you mean bash?"],
])("%j is told what there is", async (argv, said) => {
  const { code, stderr } = await run(argv);
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
});
