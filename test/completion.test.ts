import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { memoryKinds } from "../src/chat/kinds.ts";
import { run } from "./support/program.ts";
import { completedIn, isInstalled } from "./support/shells.ts";

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
    [["open", "memory/wi"], "memory/window"],
    [["lesson", "memory", "--lang", ""], "de"],
    [["lesson", "memory", "--format=js"], "jsonl"],
    [["code", "--out", "a.mjs", "agents/failing-tools", "--set", "fault=w"], "fault=wrong-type"],
    [["lesson", "--set=fault=w"], undefined],
    [["lesson", "nothing", "--set", ""], undefined],
    [["chat", "summary", "--set", ""], undefined],
  ])("%j", async (words, expected) => {
    const found = await completed(...words);
    expect(found.at(-1)).toBe(":4");
    if (expected === undefined) expect(found).toEqual([":4"]);
    else expect(found).toContain(expected);
  });

  test.each([[["index", ""]], [["lesson", "memory", "--replay", ""]], [["diff", "a"]]])(
    "%j is left to the shell, which knows the files",
    async (words) => {
      expect(await completed(...words)).toEqual([":0"]);
    },
  );

  test.each([
    [
      ["lesson", "memory/window", "--set", ""],
      ["k=", "name="],
    ],
    [["lesson", "memory", "window", "--set", "n"], ["name="]],
    [["lesson", "memory/window", "--set=k"], ["k="]],
    [["chat", "token", "--set", ""], ["limit="]],
  ])("%j goes on after the =", async (words, expected) => {
    expect(await completed(...words)).toEqual([...expected, ":6"]);
  });

  test("a lesson offers what its sections take", async () => {
    const found = await completed("lesson", "memory", "--set", "");
    expect(found).toEqual(expect.arrayContaining(["k=", "limit=", "name=", ":6"]));
  });

  test("a word without a meaning ends without a tab, which zsh would show as a dash", async () => {
    for (const words of [
      ["completion", ""],
      ["lesson", "memory", "--lang", ""],
    ])
      expect((await run(["complete", "--", ...words])).stdout).not.toMatch(/\t$/m);
  });

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

/** What is typed, the line after the tab key in bash and zsh, and what fish offers. */
const TYPED: [typed: string, line: string, offered: string][] = [
  ["lesson memory/wi", "lesson memory/window ", "memory/window"],
  ["open chains/ro", "open chains/router ", "chains/router"],
  ["lesson memory --lang d", "lesson memory --lang de ", "de"],
  ["lesson memory --format=pl", "lesson memory --format=plain ", "--format=plain"],
  ["lesson memory/window --set ", "lesson memory/window --set ", "k= name="],
  ["lesson memory/window --set k", "lesson memory/window --set k=", "k="],
  ["lesson memory/window --set k=", "lesson memory/window --set k=", ""],
  [
    "code agents/failing-tools --set fault=w",
    "code agents/failing-tools --set fault=wrong-type ",
    "fault=wrong-type",
  ],
  [
    "lesson agents/failing-tools --set=fa",
    "lesson agents/failing-tools --set=fault=",
    "--set=fault=",
  ],
  [
    "lesson agents/failing-tools --set=fault=w",
    "lesson agents/failing-tools --set=fault=wrong-type ",
    "--set=fault=wrong-type",
  ],
  ["chat token --set ", "chat token --set limit=", "limit="],
  ["index a", "index afile ", "afile"],
  ["lesson memory --file ", "lesson memory --file afile ", "afile"],
  ['help $(touch "made") memo', 'help $(touch "made") memo', ""],
];

test.for(["bash", "zsh", "fish"])(
  "%s completes a line",
  { timeout: 120_000 },
  async (shell, { skip }) => {
    if (!isInstalled(shell)) skip(`${shell} is not installed here`);
    const { stdout } = await run(["completion", shell]);
    const typed = TYPED.map(([line]) => `llm-lab ${line}`);
    const expected = TYPED.map(([, line, offered]) =>
      shell === "fish" ? offered : `llm-lab ${line}`,
    );
    expect(completedIn(shell, stdout, typed, folder)).toEqual(expected);
    expect(readdirSync(join(folder, shell, "here"))).toEqual(["afile"]);
  },
);

test.each([
  [["completion"], "Which shell?"],
  [["completion", "bsh"], "Did you mean bash?"],
])("%j is told what there is", async (argv, said) => {
  const { code, stderr } = await run(argv);
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
});
