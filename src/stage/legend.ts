import { clean } from "../clean.ts";
import { wrap } from "../term/text.ts";
import type { LabEvent } from "../trace/events.ts";
import { indent, type Look } from "./look.ts";

/** A sign, how it stands on a line of such an event, and what it means. */
interface Sign {
  on: LabEvent["type"];
  drawn: RegExp;
  means: string;
}

const SIGNS: Sign[] = [
  { on: "call-start", drawn: /▸ call/, means: "▸ is a call to a model: who makes it → the model" },
  { on: "call-start", drawn: /[│┆]\+/, means: "+ is a line that the prompt before did not have" },
  { on: "call-start", drawn: /┆/, means: "┆ repeats what was filled into the template" },
  {
    on: "call-end",
    drawn: /tokens? in ·/,
    means: "in: what was sent, in a chat with marks of who speaks; out: the reply",
  },
  {
    on: "call-end",
    drawn: /^ *\d+ {2}.* in \d+ out$/,
    means: "a line is a call: what was asked → the reply, tokens in and out",
  },
  { on: "chain-start", drawn: /▾/, means: "▾ is a chain of chains, its links follow" },
  { on: "chain-end", drawn: /→/, means: "→ is what the link gives, under its name" },
  {
    on: "memory-shown",
    drawn: /keeps|sends/,
    means: "keeps: is stored in your program; sends: goes into the next prompt",
  },
];

/**
 * Says what signs mean, under the event that shows them for the first time in a run, and there
 * again when it is drawn again.
 */
export class Legend {
  readonly #first = new Map<Sign, LabEvent>();
  /** the signs of a prompt, explained under its reply */
  readonly #waiting = new Set<Sign>();

  /** The lines of an event, and a line for the signs that are new in them. */
  explain(event: LabEvent, lines: string[], look: Look): string[] {
    const plain = lines.map(clean);
    const fresh = SIGNS.filter((sign) => {
      if (sign.on !== event.type || !plain.some((line) => sign.drawn.test(line))) return false;
      if (!this.#first.has(sign)) this.#first.set(sign, event);
      return this.#first.get(sign) === event;
    });
    for (const sign of fresh) this.#waiting.add(sign);
    if (this.#waiting.size === 0 || event.type === "call-start" || lines.length === 0) return lines;
    const text = `(${[...this.#waiting].map(({ means }) => means).join(" · ")})`;
    this.#waiting.clear();
    return [...lines, ...indent(wrap(look.style.faint(text), look.width - 2), 2)];
  }
}
