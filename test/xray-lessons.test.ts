import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { curriculum } from "../lessons/index.ts";
import { readTape } from "../src/tape/read.ts";
import { run } from "./support/program.ts";
import { trapsOn } from "./support/xrayed.ts";

/** Sections that show a trap, because it is what they are about. */
const SHOWN: Record<string, string[]> = {
  // A reply that cannot be read is asked for again.
  "chains/failures": ["same-prompt"],
  "chains/retries": ["same-prompt"],
  "memory/compare": ["summary-each-turn"],
  "agents/tool-call": ["orphaned-tool"],
  "agents/consent": ["orphaned-tool"],
  "context/trimming": ["orphaned-tool"],
  // Thirty turns say the same few lines again, and the summary stays the same meanwhile.
  "context/late-summary": ["summary-each-turn", "same-prompt"],
  "context/caching": ["same-prompt", "summary-each-turn"],
  "evaluation/without-key": ["orphaned-tool"],
};
/** Sections that train, or only search, make no chat calls that others do not make. */
const LEFT_OUT =
  /^(?:prompting\/(?:train|rate|overtuning)|vector-store\/(?!answer|now|your-documents))/;

const folder = mkdtempSync(join(tmpdir(), "llm-lab-traps-"));
afterAll(() => rmSync(folder, { recursive: true }));
const sections = curriculum
  .flatMap(({ id, sections }) => sections.map((section) => `${id}/${section}`))
  .filter((section) => !LEFT_OUT.test(section));

test.each(sections)("%s has no traps but those that it shows", async (section) => {
  const tape = join(folder, `${section.replace("/", "-")}.json`);
  const argv = ["lesson", section, "--store", "memory", "--record", tape, "--format", "jsonl"];
  expect((await run(argv)).code).toBe(0);
  expect(await trapsOn(readTape(tape))).toEqual(SHOWN[section] ?? []);
});
