import { ERASE_LINE } from "./escapes.ts";
import type { TerminalOptions } from "./terminal-options.ts";

/** What a terminal shows: its size, and a line at its bottom that whatever comes next replaces. */
export class TerminalScreen {
  readonly #options: TerminalOptions;
  #isPassing = false;
  /** whether nothing more is drawn */
  isSilent = false;

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  get height(): number {
    return this.#options.output.rows || this.#options.rows || 24;
  }

  get width(): number {
    return Math.max(20, this.#options.output.columns || this.#options.columns || 80);
  }

  write(text: string): void {
    if (text === "" || this.isSilent) return;
    this.#options.output.write(this.#isPassing ? ERASE_LINE + text : text);
    this.#isPassing = false;
  }

  /** Writes the passing line, in place of the one before; "" erases that. */
  pass(line: string): void {
    if (line === "" && this.#isPassing) this.write(ERASE_LINE);
    this.write(line);
    this.#isPassing = line !== "";
  }
}
