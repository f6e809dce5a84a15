import type { KeyName } from "./keys.ts";

interface LinkScreen {
  /** waits for a key under a line of text that is made for a width */
  wait(bottom: (width: number) => string): Promise<KeyName>;
  /**
   * draws the events from one place to another again; `toggling` unfolds long prompts, or folds
   * them
   */
  draw(from: number, to: number, toggling?: boolean): void;
  help(lines: string[]): void;
}

/** Pauses after each link of a chain, at which the learner may go back to the links before it. */
export class LinkPauses {
  readonly #screen: LinkScreen;
  /** where each link ended, among the events of the step */
  #ends: number[] = [];

  constructor(screen: LinkScreen) {
    this.#screen = screen;
  }

  forget(): void {
    this.#ends = [];
  }

  /** Waits after a link that ended at a place; returns the key that led on. */
  async pause(end: number): Promise<KeyName> {
    this.#ends.push(end);
    const last = this.#ends.length - 1;
    for (let at = last; ; ) {
      const key = await this.#screen.wait((width) => keysAt(at, last, width));
      if (["c", "q", "ctrl-d", "ctrl-c"].includes(key)) return key;
      if (key === "?" || key === "h") this.#screen.help(LINK_HELP);
      if (key === "f") this.#screen.draw(this.#ends[at - 1] ?? 0, this.#ends[at] ?? end, true);
      const isOn = ["enter", "space", "n", "right"].includes(key);
      if (isOn && at === last) return key;
      const next = isOn ? at + 1 : ["b", "left"].includes(key) ? Math.max(0, at - 1) : at;
      if (next === at) continue;
      at = next;
      this.#screen.draw(this.#ends[at - 1] ?? 0, this.#ends[at] ?? end);
    }
  }
}

const LINK_HELP = [
  "Enter   go on to the next link",
  "b       look at the link before again",
  "c       run the other links without pauses",
  "f       unfold long prompts, or fold them again",
  "q       leave the lesson",
];

function keysAt(at: number, last: number, width: number): string {
  const on = at === last ? "Enter next link" : "Enter later link";
  const back = at > 0 ? ["b earlier"] : [];
  const all = [on, ...back, "c without pauses", "f unfold", "? keys", "q quit"];
  const lines = [all, [on, "? keys", "q quit"], [on]].map((keys) => keys.join(" · "));
  return lines.find((line) => line.length < width) ?? on;
}
