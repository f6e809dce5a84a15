import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { type Keyboard as Input, Keys } from "./keys.ts";

/** Keys as they are typed: by a person, or line by line by a program. */
export interface Keyboard {
  keys: AsyncIterable<string>;
  /** how high the person's terminal is; undefined in a pipe */
  rows?: number;
  close(): void;
}

interface Options {
  stdin: Input;
  stdout: Writable & { isTTY?: boolean; rows?: number };
  signal: AbortSignal;
  interrupt(): void;
}

export function openKeyboard({ stdin, stdout, signal, interrupt }: Options): Keyboard {
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    const lines = createInterface({ input: stdin });
    return { keys: lines, close: () => lines.close() };
  }
  const keys = new Keys(stdin, { interrupt, suspend: () => {}, unheard: () => {} });
  keys.keepAhead(true);
  async function* pressed() {
    while (!signal.aborted) yield await keys.next();
  }
  return { keys: pressed(), rows: stdout.rows ?? 24, close: () => keys.close() };
}
