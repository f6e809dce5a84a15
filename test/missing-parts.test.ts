import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFiles } from "./support/documents.ts";
import { eventsOf, root, run } from "./support/program.ts";

const SQLITE = "libsql,node:sqlite";
const LANCE = "@lancedb/lancedb,apache-arrow";
const node = ["--import", join(root, "test/support/hide.mjs")];
const without = (hidden: string, argv: string[]) => run(argv, { node, env: { HIDDEN: hidden } });

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-missing-"));
  writeFiles(join(folder, "notes"), { "a.md": "# Boiler\n\nThe boiler is due in May.\n" });
});
afterAll(() => rmSync(folder, { recursive: true }));

test("without SQLite lesson memory plays all steps but the one that opens a database", async () => {
  const { code, stdout, stderr } = await without(SQLITE, ["lesson", "memory", "--format", "jsonl"]);
  const events = eventsOf(stdout);
  const raised = events.filter(({ type }) => type === "error-raised");
  expect([code, stderr, raised.length]).toEqual([1, "", 1]);
  expect(raised[0].message).toMatch(/^SQLite is missing: the package libsql/);
  expect(raised[0].hint).toMatch(/Node 22\.13/);
  const ended = events.filter(({ type }) => type === "step-end").map(({ step }) => step);
  const begun = events.filter(({ type }) => type === "step-start").map(({ step }) => step);
  expect(begun.filter((step) => !ended.includes(step))).toEqual(["memory/now/survives"]);
  expect(ended.length).toBeGreaterThan(15);
});

test.each(["memory/buffer", "chains/router", "memory/now"])(
  "without LanceDB lesson %s plays",
  async (lesson) => {
    const { code, stderr } = await without(LANCE, ["lesson", lesson]);
    expect([code, stderr]).toEqual([0, ""]);
  },
);

test.each([
  ["a lesson", () => ["lesson", "vector-store/search"]],
  ["index", () => ["index", join(folder, "notes"), "--into", join(folder, "store")]],
])("without LanceDB %s says so, and how to go on", async (_what, argv) => {
  const { code, stdout, stderr } = await without(LANCE, argv());
  expect(code).toBe(1);
  const said = (stdout + stderr).replace(/\s+/g, " ");
  expect(said).toMatch(/LanceDB is missing: it has no native part for \w+ on \w+/);
  expect(said).toMatch(/--store memory needs nothing/);
  expect(said).not.toMatch(/Cannot find|inside llm-lab/);
});

test("the memory store does without LanceDB, as that sentence says", async () => {
  const lesson = await without(LANCE, ["lesson", "vector-store/search", "--store", "memory"]);
  expect([lesson.code, lesson.stderr]).toEqual([0, ""]);
  const asked = [
    "ask",
    "When is the boiler due?",
    "--store",
    "memory",
    "--in",
    join(folder, "notes"),
  ];
  const { code, stdout } = await without(LANCE, asked);
  expect([code, stdout]).toEqual([0, expect.stringContaining("May")]);
});

test("doctor names what is missing, and is silent of what is there", async () => {
  const { code, stdout } = await without(`${LANCE},${SQLITE}`, ["doctor"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ store lancedb: LanceDB is missing/);
  expect(stdout).toMatch(/✗ SQLite: SQLite is missing/);
  expect((await run(["doctor"])).stdout).not.toMatch(/is missing/);
});
