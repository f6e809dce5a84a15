import { emitKeypressEvents, type Key } from "node:readline";

/** A keyboard, as a terminal gives it. */
export interface Keyboard extends NodeJS.ReadableStream {
  isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
}

/** The name of a key: "enter", "space", "up", "escape", "ctrl-c", or the character itself. */
export type KeyName = string;

/** What keys do at any time. */
interface Doings {
  /** Ctrl-C */
  interrupt(): void;
  /** Ctrl-Z */
  suspend(): void;
  /** a key for which nobody waits */
  unheard(key: KeyName): void;
}

/**
 * Reads keys one at a time, and only while somebody waits for one: what is typed ahead skips nothing.
 * Ctrl-C and Ctrl-Z are heard at any time.
 */
export class Keys {
  readonly #input: Keyboard;
  readonly #doings: Doings;
  /** keys that came while nobody waited, where they are kept */
  #ahead: KeyName[] | undefined;
  #waiting: ((key: KeyName) => void) | undefined;
  #isMeant: (key: KeyName) => boolean = () => true;
  readonly #listen = (character: string | undefined, key: Key) => this.#heard(character, key);

  constructor(input: Keyboard, doings: Doings) {
    this.#input = input;
    this.#doings = doings;
    emitKeypressEvents(input);
    this.open();
  }

  open(): void {
    this.#input.setRawMode?.(true);
    this.#input.on("keypress", this.#listen);
    this.#input.resume();
  }

  /** While a list is open, no key is lost that comes before the one before it was seen to. */
  keepAhead(on: boolean): void {
    this.#ahead = on ? [] : undefined;
  }

  /** The next key that is pressed and meant; another is as if it had not been pressed. */
  next(isMeant: (key: KeyName) => boolean = () => true): Promise<KeyName> {
    const kept = this.#ahead?.shift();
    if (kept !== undefined) return Promise.resolve(kept);
    this.#isMeant = isMeant;
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Gives the terminal's own way of reading back, or takes it again. */
  setRaw(on: boolean): void {
    // A shell that had the terminal meanwhile has changed it without our knowing.
    if (on) this.#input.setRawMode?.(false);
    this.#input.setRawMode?.(on);
  }

  close(): void {
    this.#input.off("keypress", this.#listen);
    this.#input.setRawMode?.(false);
    this.#input.pause();
  }

  #heard(character: string | undefined, key: Key): void {
    const name = nameOf(character, key);
    // Whoever waits must hear of it too, or the run would wait for ever.
    if (name === "ctrl-c") this.#doings.interrupt();
    if (name === "ctrl-z") {
      this.#doings.suspend();
      return;
    }
    const waiting = this.#waiting;
    if (waiting && name !== "ctrl-c" && !this.#isMeant(name)) return;
    this.#waiting = undefined;
    if (waiting) waiting(name);
    else if (this.#ahead) this.#ahead.push(name);
    else this.#doings.unheard(name);
  }
}

function nameOf(character: string | undefined, key: Key): KeyName {
  if (key.ctrl) return `ctrl-${key.name}`;
  if (key.name === "return" || key.name === "enter") return "enter";
  if (NAMED.has(key.name ?? "")) return key.name ?? "";
  return character ?? "";
}

const NAMED = new Set([
  "space",
  "escape",
  "up",
  "down",
  "left",
  "right",
  "home",
  "end",
  "pageup",
  "pagedown",
  "tab",
  "backspace",
]);
