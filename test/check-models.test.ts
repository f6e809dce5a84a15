import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const script = join(import.meta.dirname, "../scripts/check-models.mjs");

/** Checks from another day, with a document of the test's own. */
function check(today: string, document = "") {
  const file = join(folder, "page.md");
  writeFileSync(file, document);
  const argv = [script, "--today", today, file];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("no model that lessons, handbook and README name was about to go when the dates were read", () => {
  const { status, stdout, stderr } = check("2026-11-26");
  expect(stderr).toBe("");
  expect(stdout).toMatch(/No model that is named here is shut down within 60 days of 2026-11-26/);
  expect(status).toBe(0);
});

test("a document that names a model is complained of sixty days before, and not earlier", () => {
  const page = "Take `gpt-4o-mini`, not gpt-4o-mini-transcribe. openai/gpt-5.1 is fine.";
  expect(check("2026-11-14", page).status).toBe(0);
  const { status, stderr } = check("2026-11-15", page);
  expect(stderr).toMatch(/^\S*page\.md: gpt-4o-mini will be shut down on 2027-01-14, in 60 days/);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(status).toBe(1);
});

test("dates that nobody has read for long are complained of", () => {
  const { status, stderr } = check("2027-04-01");
  expect(stderr).toMatch(/The dates were read in 2026-11: read them again/);
  expect(status).toBe(1);
});
