import { emitKeypressEvents, type Key } from "node:readline";

/** A keyboard, as a terminal gives it. */
export interface Keyboard extends NodeJS.ReadableStream {
  isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
}

/** The name of a key: "enter", "space", "up", "escape", "ctrl-c", or the character itself. */
export type KeyName = string;

/**
 * Reads keys one at a time, and only while somebody waits for one: what is typed ahead skips nothing.
 * Ctrl-C is heard at any time.
 */
export class Keys {
  readonly #input: Keyboard;
  readonly #interrupt: () => void;
  #waiting: ((key: KeyName) => void) | undefined;
  readonly #listen = (character: string | undefined, key: Key) => this.#heard(character, key);

  constructor(input: Keyboard, interrupt: () => void) {
    this.#input = input;
    this.#interrupt = interrupt;
    emitKeypressEvents(input);
    this.open();
  }

  open(): void {
    this.#input.setRawMode?.(true);
    this.#input.on("keypress", this.#listen);
    this.#input.resume();
  }

  /** The next key that is pressed. */
  next(): Promise<KeyName> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  close(): void {
    this.#input.off("keypress", this.#listen);
    this.#input.setRawMode?.(false);
    this.#input.pause();
  }

  #heard(character: string | undefined, key: Key): void {
    const name = nameOf(character, key);
    // Whoever waits must hear of it too, or the run would wait for ever.
    if (name === "ctrl-c") this.#interrupt();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(name);
  }
}

function nameOf(character: string | undefined, key: Key): KeyName {
  if (key.ctrl) return `ctrl-${key.name}`;
  if (key.name === "return" || key.name === "enter") return "enter";
  if (
    ["space", "escape", "up", "down", "left", "right", "tab", "backspace"].includes(key.name ?? "")
  )
    return key.name ?? "";
  return character ?? "";
}
