import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { takeLock } from "./process-lock.ts";

describe("a lock", () => {
  const DEAD = "999999999 x.1\nid-of-the-dead";
  let folder: string;
  let lock: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "llm-lab-lock-"));
    lock = join(folder, "some.lock");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("that a dead process left is taken over, and nothing is left once it is released", () => {
    writeFileSync(lock, DEAD);
    const release = takeLock(lock);
    expect(release).toBeDefined();
    expect(takeLock(lock)).toBeUndefined();
    release?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is taken over though the process that took it over has died too", () => {
    writeFileSync(lock, DEAD);
    writeFileSync(`${lock}.after-id-of-the-dead`, "999999998 x.2\nsecond");
    const release = takeLock(lock);
    expect(release).toBeDefined();
    expect(takeLock(lock)).toBeUndefined();
    release?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of an older llm-lab, without a name of its own, is taken over", () => {
    writeFileSync(lock, "999999999 x.1");
    const release = takeLock(lock);
    expect(takeLock(lock)).toBeUndefined();
    release?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("that is being written is left alone, and taken over when nobody ends writing", () => {
    writeFileSync(lock, "");
    expect(takeLock(lock)).toBeUndefined();
    utimesSync(lock, 1, 1);
    const release = takeLock(lock);
    expect(release).toBeDefined();
    release?.();
  });
});
