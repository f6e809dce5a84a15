/**
 * From saving a file to the verdict of `llm-lab watch`, and a cold `llm-lab check` as a ratio to
 * the same code under plain node, with LangChain installed and with the one that llm-lab carries.
 * `npm run bench` ends with it.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "sucrase";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const cli = path("../dist/cli.js");
const solution = path("../exercises/01-first-call/solution.ts");

/** @returns lines of figures, medians of all rounds */
export async function benchWatch(rounds) {
  const lines = [];
  // Beside the packages of this clone, and where there are none.
  const places = { installed: path("../dist"), carried: tmpdir() };
  for (const [name, above] of Object.entries(places)) {
    const folder = mkdtempSync(join(above, ".llm-lab-bench-watch-"));
    try {
      mkdirSync(join(folder, "01-first-call"));
      const file = join(folder, "01-first-call/first-call.ts");
      cpSync(solution, file);
      const saves = await timeSaves(folder, file, rounds);
      lines.push(
        `${`save to verdict, ${name}`.padEnd(30)} ${median(saves).toFixed(0).padStart(6)} ms`,
      );
      const cold = await times(rounds, [cli, "check", "1"], folder);
      if (name === "installed") {
        const plain = join(folder, "plain.mjs");
        writeFileSync(plain, plainProgram());
        const alone = await times(rounds, [plain], folder);
        lines.push(ratioLine("check, installed / plain node", cold / alone));
        plainMs = alone;
      } else lines.push(ratioLine("check, carried / plain node", cold / plainMs));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return lines;
}

let plainMs = 1;

const ratioLine = (what, ratio) => `${what.padEnd(30)} ${ratio.toFixed(2).padStart(6)}`;

/** The solution as JavaScript, called twice as the check calls it, with the same replies. */
function plainProgram() {
  const { code } = transform(readFileSync(solution, "utf8"), { transforms: ["typescript"] });
  return `process.env.OPENAI_API_KEY = "offline";
globalThis.fetch = async () => Response.json({ choices: [{ index: 0, message: { role: "assistant", content: "Yes." }, finish_reason: "stop" }] });
${code}
await answer({ question: "One?" });
await answer({ question: "Two?" });
`;
}

/** Milliseconds from each save to its verdict, with a pause before, as a person makes one. */
async function timeSaves(folder, file, rounds) {
  const child = spawn(process.execPath, [cli, "watch", "1"], { cwd: folder, env: envOf(folder) });
  let output = "";
  let look = () => {};
  child.stdout.on("data", (text) => {
    output += text;
    look();
  });
  child.stderr.pipe(process.stderr);
  const told = () => output.split(/Passed\.|Not yet/).length - 1;
  const verdict = (count) =>
    new Promise((resolve) => {
      look = () => told() >= count && resolve();
      look();
    });
  await verdict(1);
  const found = [];
  for (let round = 0; round < rounds; round++) {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const started = performance.now();
    writeFileSync(file, `${readFileSync(solution, "utf8")}// ${round}\n`);
    await verdict(round + 2);
    found.push(performance.now() - started);
  }
  child.stdin.write("q\n");
  await new Promise((resolve) => child.on("close", resolve));
  return found;
}

async function times(rounds, argv, folder) {
  const found = [];
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now();
    await run(argv, folder);
    if (round > 0) found.push(performance.now() - started); // the first one warms the disk
  }
  return median(found);
}

function run(argv, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, {
      cwd,
      env: envOf(cwd),
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${argv.join(" ")} ended with ${code}`)),
    );
  });
}

const envOf = (folder) => ({ ...process.env, LLM_LAB_DATA: join(folder, "data") });

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
