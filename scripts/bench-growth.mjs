/**
 * How the time of `index`, `ask`, `chat` and `serve` grows with their input: for 1x, 2x and 4x as
 * much, as a ratio to 1x, where 4 is linear. It fails where the time grows much faster than the
 * input. Run it with `npm run bench:growth`, or with `-- --short` for a tenth of the input.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const SIZE = process.argv.includes("--short") ? 8000 : 80_000;
const folder = mkdtempSync(join(tmpdir(), "llm-lab-growth-"));
const TELL_TIME = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeSync(3, String((user + system) / 1000));
  });
`)}`;
let made = 0;
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Texts of a size in characters, by what they are made of. */
const TEXTS = {
  words: (size) => "The boiler is cold in the morning. ".repeat(size / 35),
  "one word": (size) => "x".repeat(size),
  headings: (size) => "# A\n\nThe boiler is due.\n\n".repeat(size / 25),
  "spaces after a heading": (size) => `# A${" ".repeat(size)}b\n\nThe boiler is due.\n`,
  "lists in lists": (size) => "> - ".repeat(Math.min(size / 4, 400)) + "x\n".repeat(size / 2),
  "equal lines": (size) => "The boiler is due.\n".repeat(size / 19),
};

/** Each takes a size in characters, and returns how long the work took, in milliseconds. */
const WORK = {
  ...Object.fromEntries(
    Object.entries(TEXTS).map(([name, write]) => [
      `index, ${name}`,
      (size) => program(["index", notes({ "a.md": write(size) }), "--into", place()]),
    ]),
  ),
  "index, many files": (size) => {
    const files = Array.from({ length: size / 100 }, (_, at) => [
      `${at}.md`,
      `# Part ${at}\n\nPart ${at} is due in ${at % 9} days.\n`,
    ]);
    return program(["index", notes(Object.fromEntries(files)), "--into", place()]);
  },
  "index, equal files": (size) => {
    const files = Array.from({ length: size / 100 }, (_, at) => [
      `${at}.md`,
      "The boiler is due.\n",
    ]);
    return program(["index", notes(Object.fromEntries(files)), "--into", place()]);
  },
  "ask, a long file": (size) => {
    const from = notes({ "a.md": TEXTS.words(size) });
    return program(["ask", "When is the boiler due?", "--store", "memory", "--in", from]);
  },
  "ask, a long question": (size) =>
    program(["ask", `When is the boiler due, ${"and the pump ".repeat(size / 52)}?`, "--handbook"]),
  "chat, a long line": (size) => program(["chat", "buffer"], `${TEXTS.words(size)}\n`),
  // A buffer sends all lines again each time, so its work grows as the square by its nature.
  "chat, many lines": (size) =>
    program(["chat", "window"], "My dog is called Rex.\n".repeat(size / 800)),
};

const server = await served();
const SERVED = {
  "serve, one word": chat("x"),
  "serve, questions": chat("What is a? "),
  "serve, sums": chat("1+"),
  "serve, spaces": chat(" "),
  "serve, letters": chat("私は"),
  "serve, statements": chat("My dog is called Rex. "),
  "serve, texts to embed": (size) => {
    const input = Array.from({ length: size / 160 }, (_, at) => `The boiler ${at} is cold. `);
    return server.post("/embeddings", { model: "offline-embedding-2", input });
  },
};

const failed = [];
for (const [name, work] of Object.entries({ ...WORK, ...SERVED })) {
  await work(800); // what is loaded once is loaded now
  const start = await work(800);
  const times = [];
  for (const size of [SIZE, 2 * SIZE, 4 * SIZE]) times.push((await work(size)) - start);
  const [first] = times.map((ms) => Math.max(ms, 1));
  const ratios = times.map((ms) => (Math.max(ms, 1) / first).toFixed(2).padStart(6));
  console.log(`${name.padEnd(30)} ${ratios.join(" ")}  ${first.toFixed(0)} ms`);
  // Loose, for busy machines: what is quadratic takes 16 times as long.
  if (times[2] > 10 * Math.max(first, 150)) failed.push(name);
}
server.stop();
if (failed.length > 0) throw new Error(`grows faster than its input: ${failed.join(", ")}`);

function place() {
  return join(folder, String(made++));
}

function notes(files) {
  const into = place();
  mkdirSync(into);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(into, name), text);
  return into;
}

/** Milliseconds of the processor that a command takes: a busy machine does not change them much. */
function program(argv, stdin = "") {
  const child = spawn(process.execPath, ["--import", TELL_TIME, cli, ...argv], {
    env: { PATH: process.env.PATH, LLM_LAB_DATA: place() },
    stdio: ["pipe", "ignore", "inherit", "pipe"],
  });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  let told = "";
  child.stdio[3].on("data", (text) => {
    told += text;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) =>
      code === 0 ? resolve(Number(told)) : reject(new Error(`llm-lab ${argv[0]} ended: ${code}`)),
    );
  });
}

async function served() {
  const child = spawn(process.execPath, [cli, "serve", "--port", "0"], {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise((resolve) => {
    child.stdout.on("data", (text) => resolve(/http:\S+/.exec(String(text))?.[0]));
  });
  // Where a piece of work fails, too.
  process.on("exit", () => child.kill());
  return {
    stop: () => child.kill(),
    async post(path, body) {
      const headers = { "content-type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      const start = performance.now();
      const response = await fetch(`${url}${path}`, init);
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      return performance.now() - start;
    },
  };
}

function chat(piece) {
  return (size) => {
    const messages = [{ role: "user", content: piece.repeat(size / piece.length) }];
    return server.post("/chat/completions", { model: "offline-tutor", messages });
  };
}
