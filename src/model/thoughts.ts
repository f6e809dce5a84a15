/** The marks between which models think aloud, at the very start of a reply. */
const MARKS: readonly (readonly [open: string, close: string])[] = [
  ["<think>", "</think>"],
  ["<thinking>", "</thinking>"],
  ["<thought>", "</thought>"],
  ["<reasoning>", "</reasoning>"],
  ["[THINK]", "[/THINK]"],
  ["◁think▷", "◁/think▷"],
];
/** Some models only close it, because their prompt opened it. */
const OPEN = "<think>";
const CLOSE = "</think>";

export interface Said {
  text: string;
  thought: string;
}

/** Parts a reply that comes in pieces into the thought at its start and the answer. */
export class ThoughtSplitter {
  /**
   * whether the reply closed a thought that it had not opened, when its start was handed on already
   */
  hasStray = false;
  #held = "";
  #close: string | undefined;
  #isAnswer = false;
  #isHeld: boolean;
  #hasThought = false;
  #tail = "";
  #hasOpen = false;

  /**
   * @param isHeld whether the start may be a thought that is not opened, and waits for its close
   */
  constructor(isHeld = false) {
    if (isHeld) this.#close = CLOSE;
    this.#isHeld = isHeld;
  }

  feed(piece: string): Said {
    if (this.#isAnswer) return { text: this.#checked(piece), thought: "" };
    this.#held += piece;
    const said = { text: "", thought: "" };
    while (!this.#isAnswer && this.#step(said));
    return said;
  }

  /** What is still held when the reply is over. */
  end(): Said {
    const rest = this.#held;
    this.#held = "";
    if (this.#isAnswer || rest === "") return { text: "", thought: "" };
    // A start that waited for a close which never came was the answer.
    if (this.#isHeld || this.#close === undefined) return { text: rest, thought: "" };
    return { text: "", thought: rest };
  }

  /** Takes one mark out of what is held; false where more must come first. */
  #step(said: Said): boolean {
    const start = this.#held.trimStart();
    const open = MARKS.find(([mark]) => start.startsWith(mark));
    if (this.#close !== undefined && !(this.#isHeld && open))
      return this.#closeThought(said, this.#close);
    if (open) {
      this.#isHeld = false;
      this.#close = open[1];
      this.#held = start.slice(open[0].length).trimStart();
      return true;
    }
    if (MARKS.some(([mark]) => mark.startsWith(start))) return false;
    return this.#answer(said);
  }

  #answer(said: Said): false {
    this.#isAnswer = true;
    const text = this.#hasThought ? this.#held.trimStart() : this.#held;
    this.#held = "";
    said.text += this.#checked(text);
    return false;
  }

  #closeThought(said: Said, close: string): boolean {
    const at = this.#held.indexOf(close);
    if (at < 0) {
      if (this.#isHeld) return false;
      const kept = lengthOfStart(this.#held, close);
      said.thought += this.#held.slice(0, this.#held.length - kept);
      this.#held = this.#held.slice(this.#held.length - kept);
      return false;
    }
    // An answer may speak of the marks.
    if (this.#isHeld && this.#held.slice(0, at).includes(OPEN)) return this.#answer(said);
    said.thought += this.#held.slice(0, at);
    this.#held = this.#held.slice(at + close.length);
    this.#close = undefined;
    this.#isHeld = false;
    this.#hasThought = true;
    return true;
  }

  /** Looks for a close without an open in an answer that is handed on. */
  #checked(text: string): string {
    if (this.#hasThought || this.hasStray || this.#hasOpen) return text;
    const tail = this.#tail + text;
    this.#hasOpen = tail.includes(OPEN);
    this.hasStray = !this.#hasOpen && tail.includes(CLOSE);
    this.#tail = tail.slice(-CLOSE.length);
    return text;
  }
}

/** How much of the end of a text may be the start of a mark. */
function lengthOfStart(text: string, mark: string): number {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--)
    if (mark.startsWith(text.slice(-length))) return length;
  return 0;
}

/** Models known to think before they answer, and whose servers may leave out the opening mark. */
export const mayThinkUnopened = (model: string) =>
  /deepseek-?r1|r1-distill|qwq|thinking|reasoner/i.test(model);
