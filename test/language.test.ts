import { expect, test } from "vitest";
import { run } from "./support/program.ts";

test("a lesson in German shows German texts, and sends what the English one sends", async () => {
  const events = async (...more: string[]) => {
    const { stdout, code } = await run(["lesson", "memory/window", "--format", "jsonl", ...more]);
    expect(code).toBe(0);
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  };
  const [english, german] = [await events(), await events("--lang", "de")];
  const of = (all: { type: string }[], type: string) => all.filter((event) => event.type === type);
  const prompts = (all: { type: string }[]) =>
    of(all, "call-start").map((event) => ({ ...event, startedMs: 0 }));
  expect(prompts(german)).toEqual(prompts(english));
  for (const type of ["section-start", "step-start", "question-asked"])
    for (const [at, event] of of(german, type).entries())
      expect(event).not.toEqual(of(english, type)[at]);
  const judged = of(german, "prediction-judged");
  expect(judged.length).toBeGreaterThan(0);
  for (const event of judged)
    expect(event).toMatchObject({ actual: expect.stringMatching(/nein|ja|alles|nichts/) });
});

test("answers are given as they are shown", async () => {
  const argv = ["lesson", "memory/window", "--lang", "de", "--answers", "nein"];
  const { stdout, code } = await run(argv);
  expect(code).toBe(0);
  expect(stdout).toMatch(/✓/);
});

test("LLM_LAB_LANG says the language too, as systems write it", async () => {
  const { stdout } = await run(["lesson", "memory/stateless"], {
    env: { LLM_LAB_LANG: "de_DE.UTF-8" },
  });
  expect(stdout).toContain("Kennt");
});

test("a lesson that is not translated says so, and is in English", async () => {
  const { stdout, code } = await run(["lesson", "chains/llm-chain", "--lang", "de"]);
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, " ")).toContain(
    'The lesson chains is not translated, so it is in English. In "de" there is memory.',
  );
});

test("a language that no lesson has is refused", async () => {
  const { stdout, stderr, code } = await run(["lesson", "memory", "--lang", "klingon"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain('No lesson is in the language "klingon"');
});
