import type { Writable } from "node:stream";
import type { ReadStream } from "node:tty";
import { clean } from "../clean.ts";

/** The world outside, as a command is given it. */
export interface Io {
  stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;
  stdout: Writable & { isTTY?: boolean; columns?: number; rows?: number };
  /** aborted when the person interrupts, or the reader of our output goes away */
  signal: AbortSignal;
  /** what Ctrl-C does, for a stage that reads keys itself */
  interrupt(): void;
  /** what day and time it is */
  now(): Date;
  /** the path of the program itself, for starting it once more */
  program?: string;
  /** what is said last when the run was interrupted: what was kept, and how to go on */
  parting?: string;
}

/** Prints a text that has no colours of ours; whatever else a terminal would obey is left out. */
export function print({ stdout }: Pick<Io, "stdout">, text: string): void {
  stdout.write(clean(text));
}
