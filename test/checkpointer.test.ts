import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./support/program.ts";
import { soaks } from "./support/soak.ts";

/** Within the package, so that the database below it is found. */
const cache = join(root, "node_modules/.cache");
let folder = "";
beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "checkpointer-"));
  await build({
    input: join(root, "src/sqlite.ts"),
    platform: "node",
    logLevel: "silent",
    output: { file: join(folder, "sqlite.mjs") },
  });
  const saver = join(root, "node_modules/@langchain/langgraph-checkpoint-sqlite/dist/index.js");
  writeFileSync(join(folder, "writer.mjs"), WRITER.replace("SAVER", saver));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** SqliteSaver on the database that the program gives it; says each write that is done. */
const WRITER = `
import Database from "./sqlite.mjs";
const { SqliteSaver } = await import("SAVER");
const [, , path, name, count] = process.argv;
const saver = new SqliteSaver(new Database(path));
if (name === "look") {
  const threads = saver.db.prepare("SELECT thread_id, count(*) AS n FROM checkpoints GROUP BY 1").all();
  const check = Object.values(saver.db.prepare("PRAGMA integrity_check").get())[0];
  console.log(JSON.stringify([Object.fromEntries(threads.map(({ thread_id, n }) => [thread_id, n])), check]));
} else {
  const metadata = { source: "loop", step: 1, parents: {} };
  for (let at = 0; at < Number(count); at += 1) {
    const id = String(at).padStart(8, "0");
    const values = { channel_values: { at }, channel_versions: {}, versions_seen: {} };
    const config = { configurable: { thread_id: name, checkpoint_ns: "" } };
    await saver.put(config, { v: 4, id, ts: "x", ...values }, metadata, {});
    await saver.putWrites({ configurable: { ...config.configurable, checkpoint_id: id } }, [["a", at]], "t");
    process.stdout.write(".");
  }
}
saver.db.close();
`;

interface Written {
  code: number | string | null;
  stdout: string;
  stderr: string;
}

/** A process of its own; killed with -9 once it has said that this number of writes is done. */
function write(path: string, name: string, count: number, killAt = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [join(folder, "writer.mjs"), path, name, `${count}`]);
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
