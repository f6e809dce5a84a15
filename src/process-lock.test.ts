import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { markOf, takeLock } from "./process-lock.ts";

describe("a lock that a dead process left", () => {
  const DEAD = "999999999 x.1";
  let folder: string;
  let lock: string;
  let guard: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "llm-lab-lock-"));
    lock = join(folder, "some.lock");
    guard = `${lock}.takeover`;
    writeFileSync(lock, DEAD);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("is taken over, and nothing is left once it is released", () => {
    const release = takeLock(lock);
    expect(readFileSync(lock, "utf8")).toBe(markOf());
    expect(takeLock(lock)).toBeUndefined();
    release?.();
    expect([existsSync(lock), existsSync(guard)]).toEqual([false, false]);
  });

  test("is left to the process that is taking it over", () => {
    mkdirSync(guard);
    expect(takeLock(lock)).toBeUndefined();
    expect(readFileSync(lock, "utf8")).toBe(DEAD);
  });

  test("is taken over though a process was killed while it took it over", () => {
    mkdirSync(guard);
    utimesSync(guard, 1, 1);
    const release = takeLock(lock);
    expect(readFileSync(lock, "utf8")).toBe(markOf());
    expect(existsSync(guard)).toBe(false);
    release?.();
  });
});
