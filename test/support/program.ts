import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
const cli = join(root, "dist/cli.js");
/** A folder that no test makes: what a run keeps there by mistake fails. */
const nowhere = join(tmpdir(), "llm-lab-tests-keep-nothing");

interface RunOptions {
  stdin?: string;
  env?: Record<string, string>;
  cwd?: string;
  /** flags for Node itself */
  node?: string[];
  /** looks at the output as it comes; may end the program */
  watch?(output: string, child: { kill(signal: NodeJS.Signals): void; closeOutput(): void }): void;
}

export interface Finished {
  stdout: string;
  stderr: string;
  /** exit code, or the signal that ended the program */
  code: number | string | null;
  ms: number;
}

/** Runs the built program in a child process, with no setting from outside: no variable, no `.env` of a developer. */
export function run(argv: string[], options: RunOptions = {}): Promise<Finished> {
  const { stdin, env = {}, cwd = tmpdir(), node = [], watch } = options;
  const started = performance.now();
  const child = spawn(process.execPath, [...node, cli, ...argv], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TMPDIR: process.env.TMPDIR,
      XDG_DATA_HOME: nowhere,
      ...env,
    },
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

/** The events of a run with `--format jsonl`. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type
export function eventsOf(stdout: string): any[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
