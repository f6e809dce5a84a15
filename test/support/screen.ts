import { Readable, Writable } from "node:stream";
import xterm from "@xterm/headless";

/** A terminal without a window: what is written to `output` appears on its screen, keys go to `input`. */
export class Screen {
  readonly #terminal: xterm.Terminal;
  readonly output: Writable & { columns: number; rows: number; isTTY: boolean };
  readonly input: Readable & { isTTY: boolean; isRaw: boolean; setRawMode(on: boolean): unknown };
  /** all that was written, escape codes included */
  written = "";

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      convertEol: true,
    });
    const output = new Writable({
      decodeStrings: false,
      write: (text, _encoding, done) => {
        this.written += text;
        this.#terminal.write(String(text), done);
      },
    });
    this.output = Object.assign(output, { columns, rows, isTTY: true });
    const input = Object.assign(new Readable({ read() {} }), {
      isTTY: true,
      isRaw: false,
      setRawMode(on: boolean) {
        input.isRaw = on;
        return input;
      },
    });
    this.input = input;
  }

  /** The lines that can be seen, less the empty ones at the end. */
  lines(): string[] {
    const { buffer, rows } = this.#terminal;
    const lines = Array.from({ length: rows }, (_, row) =>
      (
        buffer.active.getLine(buffer.active.viewportY + row)?.translateToString(true) ?? ""
      ).trimEnd(),
    );
    return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
  }

  /** All lines, what has scrolled away included. */
  everything(): string {
    const { buffer } = this.#terminal;
    return Array.from({ length: buffer.active.length }, (_, row) =>
      buffer.active.getLine(row)?.translateToString(true).trimEnd(),
    ).join("\n");
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    Object.assign(this.output, { columns, rows });
    this.output.emit("resize");
  }

  press(...keys: string[]): void {
    for (const key of keys) this.input.push(key);
  }

  /** Waits until a line of the screen is as wanted. */
  until(pattern: RegExp): Promise<void> {
    return this.#wait(pattern, () => this.lines().some((line) => pattern.test(line)));
  }

  /** Waits until all that was shown is as wanted. */
  untilText(pattern: RegExp): Promise<void> {
    return this.#wait(pattern, () => pattern.test(this.everything()));
  }

  /** Gives up after a long while, and shows the screen. */
  async #wait(pattern: RegExp, isSo: () => boolean): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!isSo()) {
      if (performance.now() > deadline)
        throw new Error(`waited for ${pattern}:\n${this.lines().join("\n")}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
