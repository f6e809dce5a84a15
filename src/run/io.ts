import type { Writable } from "node:stream";
import type { ReadStream } from "node:tty";
import { clean } from "../clean.ts";

type Output = Writable & { isTTY?: boolean; columns?: number; rows?: number };

/** The world outside, as a command is given it. */
export interface Io {
  stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;
  stdout: Output;
  stderr: Output;
  /** the variables as they were set, for programs that a command starts */
  environment: Record<string, string | undefined>;
  /** aborted when the person interrupts, or the reader of our output goes away */
  signal: AbortSignal;
  /** what Ctrl-C does, for a stage that reads keys itself */
  interrupt(): void;
  /** Has signals handed over in place of ending the run; returns what undoes it. */
  takeSignals(take: (signal: "SIGINT" | "SIGTERM" | "SIGHUP") => void): () => void;
  /** what day and time it is */
  now(): Date;
  /** the path of the program itself, for starting it once more */
  program?: string;
  /** what is said last when the run was interrupted: what was kept, and how to go on */
  parting?: string;
}

/** Whether a person at a terminal types what a program reads. */
export const hasKeyboard = ({ stdin }: Pick<Io, "stdin">): boolean => stdin.isTTY === true;

/** Prints lines with colours of ours; who made them has cleaned what came from outside. */
export function printStyled({ stdout }: Pick<Io, "stdout">, lines: string[]): void {
  stdout.write(`${lines.join("\n")}\n`);
}

/** Prints a text that has no colours of ours; whatever else a terminal would obey is left out. */
export function print({ stdout }: Pick<Io, "stdout">, text: string): void {
  stdout.write(clean(text));
}
