import type { Writable } from "node:stream";
import type { ColorLevel } from "../term/style.ts";
import type { Keyboard } from "./keys.ts";

/** What a stage for a person is given: a terminal, how to draw on it, and what its keys do. */
export interface TerminalOptions {
  input: Keyboard;
  output: Writable & { columns?: number; rows?: number };
  level: ColorLevel;
  unfolded: boolean;
  highlight(code: string): string;
  /** what Ctrl-C does, after the terminal has been put in order */
  interrupt(): void;
  /** what Ctrl-Z does: stops the process, until it is continued */
  stop?(): void;
  /** the size of a terminal that does not know its own: it says 0 x 0 */
  columns?: number;
  rows?: number;
  /** milliseconds, for how long work still takes */
  now?(): number;
}

/** Stops this process as a shell expects it, until `fg`; Windows has no such thing. */
export function stopProcess(): void {
  if (process.platform !== "win32") process.kill(process.pid, "SIGTSTP");
}
