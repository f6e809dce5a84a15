import { type ChildProcess, fork, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/cli.js");
const hostProgram = join(import.meta.dirname, "host.mjs");
/** A folder that no test makes: what a run keeps there by mistake fails. */
const nowhere = join(tmpdir(), "llm-lab-tests-keep-nothing");

/** Where Node keeps what it compiled of the program, from one run of the tests to the next. */
const cache = join(root, "node_modules/.cache");

interface RunOptions {
  stdin?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** flags for Node itself; the run gets a process of its own */
  node?: string[];
  /** looks at the output as it comes, and may end the program; the run gets a process of its own */
  watch?(output: string, child: { kill(signal: NodeJS.Signals): void; closeOutput(): void }): void;
  /** the same, of what it says on stderr */
  watchErrors?: RunOptions["watch"];
  /** whether the run gets a process of its own in any case */
  alone?: boolean;
}

export interface Finished {
  stdout: string;
  stderr: string;
  /** exit code, or the signal that ended the program */
  code: number | string | null;
  ms: number;
}

/**
 * Runs the built program, with no setting from outside: no variable, no `.env` of a developer.
 *
 * Where a test is not about the process, the run shares a warm one with the others of its file
 * (host.mjs); host.test.ts holds that this shows in nothing.
 */
export function run(argv: string[], options: RunOptions = {}): Promise<Finished> {
  const isAlone = options.alone || options.node || options.watch || options.watchErrors;
  return isAlone ? runAlone(argv, options) : runInHost(argv, options);
}

function runAlone(argv: string[], options: RunOptions): Promise<Finished> {
  const { stdin, cwd = tmpdir(), node = [], watch, watchErrors } = options;
  const started = performance.now();
  const child = spawn(process.execPath, [...node, cli, ...argv], {
    cwd,
    env: environment(options),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const finished: Finished = { stdout: "", stderr: "", code: null, ms: 0 };
  const handle = {
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    closeOutput: () => void child.stdout.destroy(),
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    finished.stdout += text;
    watch?.(finished.stdout, handle);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    finished.stderr += text;
    watchErrors?.(finished.stderr, handle);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(stdin ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ ...finished, code: code ?? signal, ms: performance.now() - started }),
    );
  });
}

let host: ChildProcess | undefined;
let before: Promise<unknown> = Promise.resolve();

/** One run at a time: they share the host's environment and folder. */
function runInHost(argv: string[], options: RunOptions): Promise<Finished> {
  const { stdin = "", cwd = tmpdir() } = options;
  const finished = before.then(() => ask({ argv, env: environment(options), cwd, stdin }));
  before = finished.catch(() => {});
  return finished;
}

function ask(request: object): Promise<Finished> {
  host ??= fork(hostProgram, {
    env: environment({}),
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const child = host;
  // What native code writes goes past the host's own streams.
  let outside = "";
  const take = (text: Buffer) => {
    outside += text;
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  return new Promise<Finished>((resolve, reject) => {
    const die = (code: number | null) => reject(new Error(`the host ended (${code}): ${outside}`));
    child.once("exit", die);
    child.once("message", (finished: Finished) => {
      child.off("exit", die);
      setImmediate(() => resolve({ ...finished, stderr: finished.stderr + outside }));
    });
    child.send(request);
  }).finally(() => {
    child.stdout?.off("data", take);
    child.stderr?.off("data", take);
    if (child.exitCode !== null) host = undefined;
  });
}

function environment({ env }: RunOptions): Record<string, string> {
  const { PATH, HOME, TMPDIR } = process.env;
  const all = { PATH, HOME, TMPDIR, XDG_DATA_HOME: nowhere, XDG_CACHE_HOME: cache, ...env };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The events of a run with `--format jsonl`. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type
export function eventsOf(stdout: string): any[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
