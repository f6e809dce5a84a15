/**
 * Ends writers with kill -9 at moments drawn at random, and holds that nothing confirmed is lost:
 * index, train, --record and LangGraph's checkpointer, a quarter of the kills each; and the
 * learner's progress, five times as many, for they are quick. Run it with `npm run kills`, with `--
 * 8` for fewer kills, or with `-- 200 progress` for one writer.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { connect } from "@lancedb/lancedb";
import { bundle } from "./bundle.mjs";
import { buildCheckpointWriter } from "./checkpoint-writer.mjs";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const cli = path("../dist/cli.js");
const KILLS = Math.ceil(Number(process.argv[2] ?? 200) / 4);
const wanted = process.argv.slice(3);
const { folder, program: writer } = await buildCheckpointWriter();
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const STORED = '"type":"work-step","work":"embedding"';
const place = (...names) => join(folder, ...names);

for (const [name, sweep] of Object.entries({ index, train, record, checkpointer, progress })) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  const found = await sweep();
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${name.padEnd(14)}${found} · ${seconds} s`);
}

/** Batches that were confirmed are not embedded again, and the rows are those of a quiet run. */
async function index() {
  mkdirSync(place("notes"));
  const files = Math.max(60, KILLS * 24);
  for (let at = 0; at < files; at++)
    writeFileSync(
      place("notes", `${at}.md`),
      `# Part ${at}\n\nPart ${at} is due in ${at % 9} days.\n`,
    );
  const flags = ["--batch", "2", "--format", "jsonl"];
  const argv = (into) => ["index", place("notes"), "--into", into, ...flags];
  let confirmed = 0;
  let killed = 0;
  for (let at = 0; at < KILLS; at++) {
    const after = 1 + Math.random() * 12;
    const { signal, stdout } = await killed9(argv(place("store")), after, STORED);
    killed += signal === "SIGKILL" ? 1 : 0;
    // What a line says is done was done before the line before it was printed.
    confirmed += 2 * Math.max(0, stdout.split(STORED).length - 2);
  }
  const last = await run(argv(place("store")));
  const end = lastEvent(last.stdout);
  assert.equal(last.code, 0, last.stderr);
  assert.ok(
    end.embedded <= files - confirmed,
    `${end.embedded} of ${files} embedded again, ${confirmed} confirmed`,
  );
  await run(argv(place("quiet")));
  assert.deepEqual(await rowsIn(place("store")), await rowsIn(place("quiet")));
  return `${killed} kills, ${confirmed} chunks confirmed, none lost`;
}

/** A training that is killed goes on, and ends with the bytes of one that was not. */
async function train() {
  writeFileSync(place("text.txt"), "The boiler is due in May. ".repeat(400));
  const text = ["--corpus", place("text.txt"), "--steps", String(200 + 40 * KILLS)];
  const size = ["--layers", "1", "--width", "16", "--threads", "1", "--format", "jsonl"];
  const argv = (out) => ["train", "--out", out, ...text, ...size];
  let killed = 0;
  for (let at = 0; at < KILLS; at++) {
    const { signal } = await killed9(argv(place("model")), Math.random() * 40, "work-step");
    killed += signal === "SIGKILL" ? 1 : 0;
  }
  const last = await run(argv(place("model")));
  assert.equal(last.code, 0, last.stderr);
  await run(argv(place("quiet-model")));
  const hash = (out) =>
    createHash("sha256")
      .update(readFileSync(join(out, "tiny-base.ckpt")))
      .digest("hex");
  assert.equal(hash(place("model")), hash(place("quiet-model")));
  return `${killed} kills, then the same bytes as without one`;
}

/** The earlier tape stays whole until a new one is. */
async function record() {
  const tape = place("tape.json");
  const argv = ["lesson", "memory", "--format", "jsonl", "--record", tape];
  assert.equal((await run(argv)).code, 0);
  let killed = 0;
  let kept = 0;
  for (let at = 0; at < KILLS; at++) {
    const before = readFileSync(tape, "utf8");
    const { signal } = await killed9(argv, Math.random() * 120, "call-end");
    killed += signal === "SIGKILL" ? 1 : 0;
    if (readFileSync(tape, "utf8") === before) kept += 1;
    else assert.ok(JSON.parse(readFileSync(tape, "utf8")).entries.length > 30);
    if (existsSync(`${tape}.part`)) JSON.parse(readFileSync(`${tape}.part`, "utf8"));
  }
  assert.equal((await run(["lesson", "memory", "--replay", tape])).code, 0);
  return `${killed} kills, the earlier tape kept ${kept} times, and it plays`;
}

/** No write of the checkpointer that was said to be done is lost, and the file is sound. */
async function checkpointer() {
  const confirmed = {};
  for (let at = 0; at < KILLS; at++) {
    const argv = [place("threads.db"), `thread-${at}`];
    const { stdout } = await killed9(argv, 1 + Math.random() * 60, ".", writer);
    confirmed[`thread-${at}`] = stdout.length;
  }
  const { stdout } = await run([place("threads.db"), "look"], writer);
  const [threads, check] = JSON.parse(stdout);
  assert.equal(check, "ok");
  for (const [name, count] of Object.entries(confirmed))
    assert.ok(threads[name] >= count, `${name}: ${count} confirmed, ${threads[name]} there`);
  const sum = Object.values(confirmed).reduce((all, one) => all + one);
  return `${KILLS} kills, ${sum} writes confirmed, none lost`;
}

/**
 * Two writers at once: no change of either that was said to be done is lost, and nothing is left
 * behind.
 */
async function progress() {
  const { file } = await bundle({ progress: "src/workbook/progress/file.ts" });
  const path = place("home", "progress.json");
  const program = place("progress-writer.mjs");
  writeFileSync(
    program,
    `import { ProgressFile } from ${JSON.stringify(pathToFileURL(file("progress")).href)};
const [path, name] = process.argv.slice(2);
for (;;) {
  await new ProgressFile(path).update(({ exercises }) => {
    exercises[name] ??= { started: "now", checks: 0, hints: 0 };
    exercises[name].checks += 1;
  });
  process.stdout.write(".");
}`,
  );
  const confirmed = { one: 0, other: 0 };
  const kills = 20 * KILLS;
  for (let at = 0; at < kills / 2; at++) {
    const names = Object.keys(confirmed);
    const said = await Promise.all(
      names.map((name) => killed9([path, name], Math.random() * 8, ".", program)),
    );
    for (const [of, { stdout }] of said.entries()) confirmed[names[of]] += stdout.length;
    const { exercises } = JSON.parse(readFileSync(path, "utf8"));
    for (const name of names)
      assert.ok(
        (exercises[name]?.checks ?? 0) >= confirmed[name],
        `${name}: ${confirmed[name]} confirmed, ${exercises[name]?.checks} there`,
      );
  }
  const left = readdirSync(place("home")).filter(
    (name) => !/^progress\.json(\.lock(\.after-[\w-]+)?|\.part)?$/.test(name),
  );
  assert.deepEqual(left, []);
  return `${kills} kills, ${confirmed.one + confirmed.other} changes confirmed, none lost`;
}

/** Runs a program and kills it once it has printed a word so often, or a little later. */
async function killed9(argv, after, word, program = cli) {
  const delay = Math.random() * 20;
  return run(argv, program, (stdout, child) => {
    if (stdout.split(word).length > after) setTimeout(() => child.kill("SIGKILL"), delay);
  });
}

function run(argv, program = cli, watch = () => {}) {
  const child = spawn(process.execPath, [program, ...argv], { env: { PATH: process.env.PATH } });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said.stdout += text;
    watch(said.stdout, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said.stderr += text;
  });
  return new Promise((resolve) =>
    child.on("close", (code, signal) => resolve({ ...said, code, signal })),
  );
}

function lastEvent(stdout) {
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** What a store holds, in the order of ids, but for when each row was written. */
async function rowsIn(store) {
  const database = await connect(store);
  const [name] = await database.tableNames();
  const rows = await (await database.openTable(name)).query().toArray();
  const told = ({ vector, metadata, tags, ...row }) => {
    const { indexed, ...fields } = JSON.parse(metadata);
    const others = [...tags].filter((tag) => tag !== JSON.stringify(["indexed", indexed]));
    return JSON.stringify({ ...row, vector: [...vector], metadata: fields, tags: others });
  };
  return rows.map(told).sort();
}
