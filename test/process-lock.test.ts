import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bundle } from "../scripts/bundle.mjs";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-lock-"));
const lock = join(folder, "some.lock");
const count = join(folder, "count");
let counter: { file(name: string): string; remove(): void };
beforeAll(async () => {
  counter = await bundle({ counter: "test/support/lock-counter.ts" }, { handbook: false });
});
afterAll(() => {
  counter.remove();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => writeFileSync(count, "0"));

/** @param killedAfter how many counts it prints before it is killed */
function counting(times: number, killedAfter = Number.POSITIVE_INFINITY): Promise<number> {
  const child = spawn(process.execPath, [counter.file("counter"), lock, count, String(times)]);
  let printed = 0;
  child.stdout.on("data", (text: Buffer) => {
    printed += text.length;
    if (printed >= killedAfter) child.kill("SIGKILL");
  });
  return new Promise((resolve) => {
    child.once("close", () => resolve(printed));
  });
}

test("a lock lets in one process at a time, of several that take it again and again", async () => {
  await Promise.all(Array.from({ length: 4 }, () => counting(200)));
  expect(readFileSync(count, "utf8")).toBe("800");
  expect(readdirSync(folder)).toEqual(["count"]);
});

test("of several that are killed as they count, no count is lost", async () => {
  let confirmed = 0;
  for (let round = 0; round < 5; round += 1) {
    const printed = await Promise.all([counting(500, 3), counting(500, 20), counting(60)]);
    for (const one of printed) confirmed += one;
  }
  const counted = Number(readFileSync(count, "utf8"));
  expect(counted).toBeGreaterThanOrEqual(confirmed);
  // Each that was killed may have counted once more than it could say.
  expect(counted).toBeLessThanOrEqual(confirmed + 10);
});
