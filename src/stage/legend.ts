import { clean } from "../clean.ts";
import { wrap } from "../term/text.ts";
import type { LabEvent } from "../trace/events.ts";
import { inputCountText } from "../trace/wording.ts";
import { indent, type Look } from "./look.ts";

/** A sign, how it stands on a line of such an event, and what it means. */
interface Sign {
  on: LabEvent["type"];
  drawn: RegExp;
  /** only events of which it holds show the sign */
  of?: (event: LabEvent) => boolean;
  means: string | ((event: LabEvent, run: Run) => string);
}

/** What of the run a meaning may depend on. */
interface Run {
  offline: boolean;
}

/** The line of figures under a call, or a call on one line. */
const COUNTS = /tokens? in ·|^ *\d+ {2}.* in \d+ out$/;

const SIGNS: Sign[] = [
  { on: "call-start", drawn: /▸ call/, means: "▸ is a call to a model: who makes it → the model" },
  { on: "call-start", drawn: /[│┆]\+/, means: "+ is a line that the prompt before did not have" },
  { on: "call-start", drawn: /┆/, means: "┆ repeats what was filled into the template" },
  {
    on: "call-end",
    drawn: /^ *\d+ {2}.* in \d+ out$/,
    means: "a line is a call: what was asked → the reply, tokens in and out",
  },
  ...(["chat", "completion"] as const).map(
    (kind): Sign => ({
      on: "call-end",
      drawn: COUNTS,
      of: (event) => event.type === "call-end" && event.inputCount.kind === kind,
      means: (event, run) => (event.type === "call-end" ? inputCountText(event, run) : ""),
    }),
  ),
  {
    on: "turn-end",
    drawn: /tokens? in ·/,
    means:
      "in: all that was sent in this turn, with the memory's template and lines and with marks of who speaks; out: the replies",
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
  /** meanings of the signs of a prompt, told under its reply */
  readonly #waiting = new Set<string>();
  readonly #run: Run = { offline: true };

  /** The lines of an event, and a line for the signs that are new in them. */
  explain(event: LabEvent, lines: string[], look: Look): string[] {
    if (event.type === "run-start") this.#run.offline = event.endpoint === "offline";
    const plain = lines.map(clean);
    const fresh = SIGNS.filter((sign) => {
      if (sign.on !== event.type || sign.of?.(event) === false) return false;
      if (!plain.some((line) => sign.drawn.test(line))) return false;
      if (!this.#first.has(sign)) this.#first.set(sign, event);
      return this.#first.get(sign) === event;
    });
    for (const { means } of fresh)
      this.#waiting.add(typeof means === "string" ? means : means(event, this.#run));
    if (this.#waiting.size === 0 || event.type === "call-start" || lines.length === 0) return lines;
    const text = `(${[...this.#waiting].join(" · ")})`;
    this.#waiting.clear();
    return [...lines, ...indent(wrap(look.style.faint(text), look.width - 2), 2)];
  }
}
