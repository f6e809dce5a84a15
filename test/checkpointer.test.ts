import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCheckpointWriter } from "../scripts/checkpoint-writer.mjs";
import { soaks } from "./support/soak.ts";

let folder = "";
let program = "";
beforeAll(async () => {
  ({ folder, program } = await buildCheckpointWriter());
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Written {
  code: number | string | null;
  stdout: string;
  stderr: string;
}

/** A process of its own; killed with -9 once it has said that this number of writes is done. */
function write(path: string, name: string, count: number, killAt = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [program, path, name, `${count}`]);
  const written: Written = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => {
    written.stdout += text;
    if (written.stdout.length >= killAt) child.kill("SIGKILL");
  });
  child.stderr.on("data", (text: Buffer) => {
    written.stderr += text;
  });
  return new Promise<Written>((resolve) => {
    child.on("close", (code, signal) => resolve({ ...written, code: code ?? signal }));
  });
}

async function look(path: string): Promise<[Record<string, number>, string]> {
  const { stdout, stderr } = await write(path, "look", 0);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const EACH = soaks ? 500 : 100;
const KILLS = soaks ? 20 : 4;
const STEADY = soaks ? 2000 : 300;

test(`two processes write ${EACH} checkpoints each to one file, and ${2 * EACH} are there`, async () => {
  const path = join(folder, "two.db");
  const both = await Promise.all([write(path, "one", EACH), write(path, "two", EACH)]);
  expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ""],
    [0, ""],
  ]);
  expect(await look(path)).toEqual([{ one: EACH, two: EACH }, "ok"]);
});

test(`killed at ${KILLS} moments while another writes, no write that was said to be done is lost`, async () => {
  const path = join(folder, "killed.db");
  const steady = write(path, "steady", STEADY);
  const confirmed: Record<string, number> = {};
  for (let moment = 1; moment <= KILLS; moment += 1) {
    const { stdout } = await write(path, `killed-${moment}`, 1000, moment * 4);
    confirmed[`killed-${moment}`] = stdout.length;
  }
  expect((await steady).stderr).toBe("");
  const [threads, check] = await look(path);
  expect([check, threads.steady]).toEqual(["ok", STEADY]);
  for (const [name, count] of Object.entries(confirmed)) {
    expect(count).toBeGreaterThan(0);
    expect(threads[name]).toBeGreaterThanOrEqual(count);
  }
});
