import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { manyFiles, rowsIn, writeFiles } from "./support/documents.ts";
import { eventsOf, run } from "./support/program.ts";
import { soaks } from "./support/soak.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-kills-"));
const notes = join(folder, "notes");
const ALL = soaks ? 1000 : 240;
const CHANGED = ALL / 10;
const GONE = ALL / 20;
const files = manyFiles(ALL);
writeFiles(notes, files);
const few = join(folder, "few");
writeFiles(few, manyFiles(soaks ? 200 : 100));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Indexes in small batches, and ends the program from outside when it has said so many lines of a kind. */
async function index(
  from: string,
  into: string,
  end?: { after: number; line: string; signal?: NodeJS.Signals },
) {
  const argv = ["index", from, "--into", into, "--batch", String(BATCH), "--format", "jsonl"];
  return run(argv, {
    watch(output, child) {
      if (end && output.split(end.line).length > end.after) child.kill(end.signal ?? "SIGKILL");
    },
  });
}

/** The rows of a run that nothing disturbs, of the files as they are, in batches of the usual size. */
async function wholeRows(from: string) {
  const into = mkdtempSync(join(folder, "whole-"));
  expect((await run(["index", from, "--into", into])).code).toBe(0);
  return rowsIn(into);
}

const BATCH = 10;
const READ = '"type":"work-step","work":"reading"';
const STORED = '"type":"work-step","work":"embedding"';

/** Moments from the first line to the last batch; each run starts from what the one before left. */
const MOMENTS = [
  { after: 1, line: "index-start" },
  { after: 30, line: READ },
  ...(soaks ? [1, 6, 10, 3, 9, 13, 5, 11, 7, 14, 8, 2] : [1, 6]).map((after) => ({
    after,
    line: STORED,
  })),
];
/** Moments of the run after files have changed and gone. */
const LATER = [
  { after: 40, line: READ },
  ...(soaks ? [1, 2, 3, 1, 4] : [1]).map((after) => ({ after, line: STORED })),
];

test("killed with -9 at several moments and run again, an index has the rows of an uninterrupted run", async () => {
  const into = join(folder, "killed");
  const codes: unknown[] = [];
  for (const moment of MOMENTS) codes.push((await index(notes, into, moment)).code);
  const finished = await index(notes, into);
  expect(finished.stderr).toBe("");
  const end = eventsOf(finished.stdout).at(-1);
  expect(end).toMatchObject({ type: "index-end", chunks: ALL, files: { all: ALL } });
  // What was confirmed before was not embedded again.
  const batches = MOMENTS.filter(({ line }) => line === STORED).map(({ after }) => after - 1);
  expect(end.embedded).toBeLessThanOrEqual(ALL - BATCH * batches.reduce((sum, one) => sum + one));

  const names = Object.keys(files);
  for (const name of names.slice(0, CHANGED))
    writeFileSync(join(notes, name), `${files[name]}It was changed.\n\n# More\n\nAnd it grew.\n`);
  for (const name of names.slice(CHANGED, CHANGED + GONE)) rmSync(join(notes, name));
  for (const moment of LATER) codes.push((await index(notes, into, moment)).code);
  expect(codes).toEqual(Array(MOMENTS.length + LATER.length).fill("SIGKILL"));
  const last = await index(notes, into);
  expect([last.code, last.stderr]).toEqual([0, ""]);

  const [rows, expected] = [await rowsIn(into), await wholeRows(notes)];
  expect(expected).toHaveLength(ALL + CHANGED - GONE);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(rows).toEqual(expected);

  const again = eventsOf((await index(notes, into)).stdout).at(-1);
  expect(again).toMatchObject({
    embedded: 0,
    requests: 0,
    files: { unchanged: ALL - GONE, changed: 0 },
  });
});

test("Ctrl-C ends a run at once, and the next one finishes it", async () => {
  const into = join(folder, "interrupted");
  const { code, stderr } = await index(few, into, { after: 3, line: STORED, signal: "SIGINT" });
  expect([code, stderr]).toEqual([130, ""]);
  expect((await index(few, into)).code).toBe(0);
  expect(await rowsIn(into)).toEqual(await wholeRows(few));
});

test("two runs at once leave what one leaves", async () => {
  const into = join(folder, "both");
  const ended = await Promise.all([index(few, into), index(few, into)]);
  expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ""],
    [0, ""],
  ]);
  expect(await rowsIn(into)).toEqual(await wholeRows(few));
});
