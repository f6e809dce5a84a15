import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./program.ts";

export interface RunningWatch {
  /** Waits until a text is printed after what the last one waited for. */
  sees(text: string): Promise<void>;
  type(key: string): void;
  /** as Ctrl-C does */
  interrupt(): void;
  output(): string;
  /** the exit code */
  ended(): Promise<number | null>;
}

/** `llm-lab watch` in a pipe. */
export function startWatch(
  argv: string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): RunningWatch {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [join(root, "dist/cli.js"), "watch", ...argv], {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  let read = 0;
  let look = () => {};
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => {
      output += text;
      look();
    });
  const end = new Promise<number | null>((resolve) => child.on("close", resolve));
  void end.then(() => look());
  return {
    sees: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = output.replace(/\s+/g, " ").indexOf(text, read);
          if (at >= 0) {
            read = at + text.length;
            resolve();
          } else if (child.exitCode !== null)
            reject(new Error(`it ended before "${text}":\n${output}`));
        };
        look();
        setTimeout(
          () => reject(new Error(`"${text}" was not printed:\n${output.slice(-3000)}`)),
          60_000,
        ).unref();
      }),
    interrupt: () => void child.kill("SIGINT"),
    type: (key) => void child.stdin.write(`${key}\n`),
    output: () => output,
    ended: () => end,
  };
}
