import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packageFile } from "../package-file.ts";
import type { Exercise } from "./exercises.ts";
import { type CheckOrder, type Report, type TimeOut, WATCHDOG_PIPE } from "./orders.ts";
import type { Outcome, Verdict } from "./verdict.ts";

interface Options {
  exercise: Exercise;
  /** path of the file to check */
  file: string;
  /** what the child may see of the environment (config.ts) */
  env: Record<string, string | undefined>;
}

export interface RunOptions {
  seed: number;
  /** how many inputs are drawn besides the fixed one; one without it */
  draws?: number;
}

/** Checks a file in a process of its own, which is started for it. */
export async function checkFile(options: Options & RunOptions): Promise<Verdict> {
  const child = new CheckProcess(options);
  try {
    return await child.run(options);
  } finally {
    child.end();
  }
}

/**
 * A process that has loaded what an exercise imports, and checks its file. A learner's code gets a
 * fresh one each time; tests of our own code let one check several files, one after the other.
 */
export class CheckProcess {
  readonly #child: ChildProcess;
  readonly #options: Options;
  /** LangChain is loaded, or the process has ended */
  readonly #ready: Promise<unknown>;
  #printed = new Printed();
  readonly #folders: string[] = [];

  constructor(options: Options) {
    this.#options = options;
    const { file, env } = options;
    this.#child = fork(
      fileURLToPath(packageFile("dist/exercise-child.js")),
      argumentsFor(options),
      {
        env,
        cwd: dirname(file),
        execArgv: [`--max-old-space-size=${MOST_MEGABYTES}`, "--stack-trace-limit=50"],
        stdio: ["ignore", "pipe", "pipe", "ipc", "pipe"],
      },
    );
    this.#ready = new Promise((resolve) => {
      this.#child.once("message", resolve).once("close", resolve).once("error", resolve);
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (text: Buffer) => this.#printed.add(String(text)));
  }

  /** Checks the file as it is now, or another one. */
  async run({ seed, draws = 1, ...other }: RunOptions & Partial<Options>): Promise<Verdict> {
    const { exercise, file: learner } = { ...this.#options, ...other };
    const check = join(exercise.folder, "check.ts");
    const folder = mkdtempSync(join(tmpdir(), "llm-lab-check-"));
    this.#folders.push(folder);
    this.#printed = new Printed();
    const order: CheckOrder = { order: "check", check, learner, seed, draws, folder };
    // Loading is not the learner's time.
    await this.#ready;
    const verdict = await this.#verdictOn(order);
    return { ...verdict, printed: this.#printed.beginning };
  }

  #verdictOn(order: CheckOrder): Promise<Verdict> {
    const child = this.#child;
    const watchdog = child.stdio[WATCHDOG_PIPE] as Readable;
    return new Promise<Verdict>((resolve) => {
      const finish = (verdict: Verdict) => {
        clearTimeout(last);
        child.off("message", hear).off("close", close).off("error", fail);
        watchdog.off("data", hearWatchdog);
        resolve(verdict);
      };
      const end = (outcome: Outcome) =>
        finish({ ...outcome, seed: order.seed, sent: [], printed: "" });
      const last = setTimeout(() => end(timeOut({ seconds: 60, isWaiting: false })), 60_000);
      const close = (code: number | null, signal: string | null) =>
        end({ outcome: "broken", says: endingOf(this.#printed.end, code, signal) });
      const fail = (error: Error) =>
        end({ outcome: "bug", says: "The check could not be started.", detail: String(error) });
      const hear = (report: Report) => {
        if (report.report === "verdict") finish(report.verdict);
      };
      const hearWatchdog = (lines: Buffer) => {
        const told: TimeOut = JSON.parse(String(lines).trim().split("\n").at(-1) ?? "{}");
        // The first line only says that time is up; where the code is may follow.
        if (told.isWaiting) setTimeout(() => end(timeOut(told)), PAUSING_MS);
        else end(timeOut(told));
      };
      child.on("message", hear).on("close", close).on("error", fail);
      watchdog.on("data", hearWatchdog);
      if (child.exitCode !== null || child.signalCode !== null)
        close(child.exitCode, child.signalCode);
      else child.send(order, () => {});
    });
  }

  end(): void {
    this.#child.kill("SIGKILL");
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

const MOST_MEGABYTES = 256;
/** how long code that is at work may take to pause */
const PAUSING_MS = 1500;

/** What was printed: its beginning to show, and its end, where Node says why it gave up. */
class Printed {
  beginning = "";
  end = "";
  #isLearners = true;

  add(text: string): void {
    this.end = (this.end + text).slice(-4000);
    if (this.#isLearners && this.beginning.length < 4000) this.beginning += text.slice(0, 4000);
    // What Node prints when memory ends is not the learner's.
    const dump = this.beginning.search(/\s*<--- Last few GCs/);
    if (dump >= 0) this.beginning = this.beginning.slice(0, dump);
    this.#isLearners &&= dump < 0;
  }
}

function argumentsFor({ file, exercise }: Options): string[] {
  const isInstalled = hasLangChain(dirname(file));
  const settings = {
    home: packageFile("").href,
    file: pathToFileURL(file).href,
    bundled: isInstalled ? undefined : packageFile("packages/").href,
  };
  const check = join(exercise.folder, "check.ts");
  const imports = [file, check].flatMap(packagesOf);
  const warm = [...new Set([...imports, "@langchain/openai", pathToFileURL(check).href])];
  return [JSON.stringify(settings), JSON.stringify(warm)];
}

function timeOut({ seconds, isWaiting, place }: TimeOut): Outcome {
  const what = isWaiting ? "still waiting" : "still running";
  return { outcome: "timeout", says: `Your code was ${what} after ${seconds} seconds.`, place };
}

function endingOf(printed: string, code: number | null, signal: string | null): string {
  if (/heap out of memory|heap limit/i.test(printed))
    return `Your code used more than ${MOST_MEGABYTES} MB of memory.`;
  return `Your code ended the program (${signal ?? `exit code ${code}`}).`;
}

/** Whether a folder, or one above it, has LangChain installed. */
function hasLangChain(folder: string): boolean {
  if (existsSync(join(folder, "node_modules/@langchain/core/package.json"))) return true;
  return dirname(folder) !== folder && hasLangChain(dirname(folder));
}

/** The packages that a file imports, read without running it: they are loaded ahead. */
function packagesOf(file: string): string[] {
  const source = existsSync(file) ? readFileSync(file, "utf8") : "";
  const found = source.matchAll(/^import\b(?! type\b)[^;]*?from\s*["'](@?[a-z][^"':]*)["']/gm);
  return [...found].map(([, name = ""]) => name);
}
