import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { findLabError } from "./errors.ts";
import Database from "./sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-errors-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Open {
  exec(sql: string): unknown;
}

function failureOf(use: () => unknown) {
  try {
    use();
  } catch (error) {
    return findLabError(new Error("wrapped by a library", { cause: error }))?.message;
  }
  return "it did not fail";
}

test("why a real database cannot be used is told, however it is wrapped", () => {
  const noDatabase = join(folder, "text.db");
  writeFileSync(noDatabase, "The boiler is due in May. ".repeat(100));
  const create = (path: string) =>
    (new Database(path) as unknown as Open).exec("CREATE TABLE t (a)");
  expect(failureOf(() => create(noDatabase))).toBe(
    "The SQLite database cannot be used: the file is not a database",
  );

  const small = new Database(join(folder, "small.db")) as unknown as Open;
  small.exec("PRAGMA page_size = 512; PRAGMA max_page_count = 4; CREATE TABLE t (a)");
  const fill = () => small.exec(`INSERT INTO t VALUES ('${"x".repeat(10_000)}')`);
  expect(failureOf(fill)).toBe("The SQLite database cannot be used: the disk is full");

  // A mistake in a statement is ours, and is not explained away.
  expect(failureOf(() => small.exec("SELECT nothing FROM nowhere"))).toBeUndefined();
});

test.each([
  ["EMFILE", /too many files are open$/],
  ["ENOSPC", /the disk is full$/],
  ["EROFS", /the disk is read-only$/],
  ["ENOMEM", /no memory left$/],
])("%s is the machine's", (code, sentence) => {
  const error = Object.assign(new Error("x"), { code, path: "/a/b" });
  expect(findLabError(error)?.message).toMatch(sentence);
  expect(findLabError(error)?.message).toMatch(/^\/a\/b cannot be opened/);
});

test.each(["ENOENT", "ERR_MODULE_NOT_FOUND", "ERR_ASSERTION", ""])("%j may be ours", (code) => {
  expect(findLabError(Object.assign(new Error("x"), { code }))).toBeUndefined();
});

test("an abort, whose code is a number, is nobody's fault", () => {
  expect(findLabError(new DOMException("stopped", "AbortError"))).toBeUndefined();
});
