import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root, run } from "./support/program.ts";

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-diff-"));
  await Promise.all([
    written("before.jsonl", "conversation.mjs"),
    written("after.jsonl", "conversation-now.mjs", { MODEL: "gpt-5-mini" }),
    written("broken.jsonl", "conversation-now.mjs", { TRIM: "yes" }),
  ]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A program's run under xray, on the offline model. */
async function written(out: string, program: string, env: Record<string, string> = {}) {
  const words = [process.execPath, join(root, "test/xray/programs", program)];
  const { code } = await run(["xray", "--out", out, "--", ...words], {
    env,
    cwd: folder,
    alone: true,
  });
  expect(code).toBe(0);
}

const diff = (...files: string[]) => run(["diff", ...files], { cwd: folder });

describe("a migration from ConversationChain", () => {
  test("is proved when both send the same", async () => {
    const { code, stdout, stderr } = await diff("before.jsonl", "after.jsonl");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      "Both send the same 3 prompts.\nThe models differ: call 1 asks gpt-4o-mini before, and gpt-5-mini after.\n",
    );
  });

  test("that loses a part of the history is named: the call, the message and the line", async () => {
    const { code, stdout } = await diff("before.jsonl", "broken.jsonl");
    expect(code).toBe(1);
    expect(stdout).toBe(
      "They differ first in call 2, message 1 (user), line 5:\n  - AI: Hello Jim! Nice to meet you.\n  + AI: Hello\n",
    );
  });
});

describe("other runs", () => {
  const lines = () => readFileSync(join(folder, "before.jsonl"), "utf8").trim().split("\n");
  const write = (name: string, some: string[]) =>
    writeFileSync(join(folder, name), `${some.join("\n")}\n`);

  test("one that ends early lacks a call", async () => {
    const cut = lines().findLastIndex((line) => line.includes('"call-start"'));
    write("cut.jsonl", lines().slice(0, cut));
    const { code, stdout } = await diff("before.jsonl", "cut.jsonl");
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^They differ: call 3 of before\.jsonl is not in cut\.jsonl\.\n.*\nbefore\.jsonl has 3 calls, cut\.jsonl has 2\.\n$/,
    );
  });

  test("calls may change places where they ran at the same time, and nowhere else", async () => {
    const [first = "", ...rest] = lines();
    const of = (call: number) => rest.filter((line) => JSON.parse(line).call === call);
    const [one, two, three] = [of(1), of(2), of(3)];
    const apart = (calls: string[][]) => [
      ...calls.flatMap((some) => some.slice(0, 1)),
      ...calls.flatMap((some) => some.slice(1)),
    ];
    write("together.jsonl", [first, ...apart([one, two, three])]);
    write("turned.jsonl", [first, ...apart([three, one, two])]);
    expect((await diff("together.jsonl", "turned.jsonl")).code).toBe(0);
    write("swapped.jsonl", [first, ...one, ...three, ...two]);
    const { code, stdout } = await diff("before.jsonl", "swapped.jsonl");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Both send the same 3 prompts, in another order: call 2 of/);
  });

  test("runs of lessons are compared as well", async () => {
    for (const [name, k] of ["1", "2"].entries()) {
      const argv = ["lesson", "memory/window", "--set", `k=${k}`, "--format", "jsonl"];
      writeFileSync(join(folder, `${name}.jsonl`), (await run(argv)).stdout);
    }
    expect((await diff("0.jsonl", "0.jsonl")).code).toBe(0);
    expect((await diff("0.jsonl", "1.jsonl")).code).toBe(1);
  });

  test.each([
    [["before.jsonl"], /diff takes two runs\./],
    [["before.jsonl", "nowhere.jsonl"], /There is no run nowhere\.jsonl\./],
    [["before.jsonl", "notes.txt"], /Line 1 of notes\.txt is not an event of a run\./],
    [
      ["before.jsonl", "later.jsonl"],
      /later\.jsonl is not a run: it does not begin with run-start/,
    ],
  ])("what is not two runs is refused: %s", async (files, says) => {
    write("notes.txt", ["Some notes."]);
    write("later.jsonl", lines().slice(1));
    const { code, stdout, stderr } = await diff(...files);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(says);
  });
});
