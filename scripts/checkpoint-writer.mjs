import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";

const root = join(import.meta.dirname, "..");

/**
 * Builds a program that writes checkpoints as a learner's would, with SqliteSaver on the database
 * that llm-lab gives it.
 *
 * `node <program> <database> <thread> [<count>]` prints a dot for each write that is done; without
 * a count it goes on. `node <program> <database> look` prints the checkpoints of each thread, and
 * what SQLite finds when it checks the file: `[{ "<thread>": 3 }, "ok"]`.
 *
 * @returns {Promise<{ folder: string, program: string }>} a new folder within the package, so that
 *   the database below it is found; the caller removes it
 */
export async function buildCheckpointWriter() {
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "checkpoints-"));
  await build({
    input: join(root, "src/sqlite.ts"),
    platform: "node",
    logLevel: "silent",
    output: { file: join(folder, "sqlite.mjs") },
  });
  const saver = join(root, "node_modules/@langchain/langgraph-checkpoint-sqlite/dist/index.js");
  const program = join(folder, "writer.mjs");
  writeFileSync(program, WRITER.replace("SAVER", saver));
  return { folder, program };
}

const WRITER = `
import Database from "./sqlite.mjs";
const { SqliteSaver } = await import("SAVER");
const [, , path, name, count = Infinity] = process.argv;
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
