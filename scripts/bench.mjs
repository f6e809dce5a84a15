/**
 * How long the commands take, as ratios to a bare `node -e 0` in the same run:
 * machines differ, ratios less so. Run it with `npm run bench`, or with `-- --short` to see that it
 * runs.
 */
import { spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { benchWatch } from "./bench-watch.mjs";
import { bundle } from "./bundle.mjs";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const cli = path("../dist/cli.js");
const ROUNDS = process.argv.includes("--short") ? 1 : Number(process.argv[2] ?? 7);

const COMMANDS = {
  "node -e 0": { argv: ["-e", "0"] },
  "--help": { argv: [cli, "--help"] },
  list: { argv: [cli, "list"] },
  "lesson memory, first line": {
    argv: [cli, "lesson", "memory", "--format", "plain"],
    until: "\n",
  },
  "lesson memory, whole": { argv: [cli, "lesson", "memory", "--format", "plain"] },
  "the same calls, plain script": { argv: [path("./plain-memory.mjs")] },
  "a first offline vector": {
    argv: [
      "-e",
      'import(process.env.EMBED).then((embed) => embed.embedText("When does it open?"))',
    ],
  },
};

// The plain script talks to the same offline endpoint, built by itself.
const sources = await bundle({
  app: "src/offline/app.ts",
  tokens: "src/model/tokens.ts",
  embed: "src/offline/embeddings/embed.ts",
});

const times = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, []]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, command] of Object.entries(COMMANDS)) {
    const ms = await time(command);
    if (round > 0) times[name].push(ms); // the first round warms the disk
  }
}

const base = median(times["node -e 0"]);
console.log(
  `median of ${ROUNDS} round${ROUNDS === 1 ? "" : "s"}, Node ${process.version}; node -e 0 takes ${base.toFixed(0)} ms here`,
);
for (const [name, all] of Object.entries(times)) {
  console.log(`${name.padEnd(30)} ${(median(all) / base).toFixed(2).padStart(6)}`);
}
const [ofLesson, ofScript] = await Promise.all(
  ["lesson memory, whole", "the same calls, plain script"].map((name) => callsOf(COMMANDS[name])),
);
if (ofLesson !== ofScript)
  throw new Error(`the lesson makes ${ofLesson} calls, the plain script ${ofScript}`);
const whole = median(times["lesson memory, whole"]);
const plain = median(times["the same calls, plain script"]);
console.log(`${"lesson / plain script".padEnd(30)} ${(whole / plain).toFixed(2).padStart(6)}`);
for (const line of await benchWatch(ROUNDS)) console.log(line);

/** The number of calls that a command says it made, the last time that it says one. */
function callsOf({ argv }) {
  return new Promise((resolve, reject) => {
    let text = "";
    const child = spawn(process.execPath, argv, {
      env: cleanEnv(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("close", () => resolve(Number([...text.matchAll(/(\d+) calls/g)].at(-1)?.[1])));
  });
}

/** Milliseconds until a command ends, or has printed a text. */
function time({ argv, until }) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, argv, {
      env: cleanEnv(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let done = false;
    child.stdout.on("data", (chunk) => {
      if (!until || done || !String(chunk).includes(until)) return;
      done = true;
      resolve(performance.now() - start);
      child.kill();
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (done) return;
      if (code !== 0) reject(new Error(`${argv.join(" ")} ended with ${code}`));
      else resolve(performance.now() - start);
    });
  });
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The environment, less what would choose a real model. */
function cleanEnv() {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, LLM_LAB_MODEL, ...env } = process.env;
  const file = (name) => pathToFileURL(sources.file(name)).href;
  return { ...env, OFFLINE_APP: file("app"), TOKENS: file("tokens"), EMBED: file("embed") };
}
