import { extract } from "../knowledge/extract-field.ts";
import { type Filled, spaced, untold, within } from "./leaves.ts";
import type { Shape } from "./shape.ts";
import { withoutCodes } from "./spoken.ts";
import { labelled, numbersIn, type Told } from "./told.ts";

/** Numbers that a request says for the arguments of calls; each is taken once. */
export class SpokenNumbers {
  /** those of a text that are taken, by their places */
  readonly #taken = new Map<string, Set<number>>();

  /**
   * The number beside an argument's words; else, for one that must be there, the next that is free,
   * or the one that a tool found.
   */
  argument(shape: Shape, name: string, { question, call }: Told): Filled {
    const { found = [], isNeeded = false } = call ?? {};
    const text = withoutCodes(question);
    const numbers = numbersIn(text);
    const taken = this.#taken.get(text) ?? new Set();
    this.#taken.set(text, taken);
    const beside = numberBeside(shape, name, question);
    const free = numbers.findIndex(
      (value, at) => !taken.has(at) && (beside === undefined ? isNeeded : value === beside),
    );
    if (free >= 0) taken.add(free);
    const isSingle = numbers.length === 0 && COUNT.test(name) && /\b(?:an?|one)\b/i.test(text);
    const value =
      beside ??
      numbers[free] ??
      (isSingle ? 1 : undefined) ??
      (isNeeded ? firstOf(found, (one) => numberFound(shape, name, one)) : undefined);
    return value === undefined
      ? untold(within(shape, 0))
      : { value: within(shape, value), isTold: true };
  }
}

const COUNT = /^(?:count|quantity|number|times|pieces|amount)$/i;

/** The number that stands beside the words of an argument; undefined for what is no number. */
export function numberBeside(
  { description, type }: Shape,
  name: string,
  question: string,
): number | undefined {
  if (type !== "number" && type !== "integer") return undefined;
  const text = withoutCodes(question);
  const words = spaced(name);
  const label = labelled(words, text);
  const [told] = label === undefined ? [] : numbersIn(label);
  if (told !== undefined) return told;
  const found = extract(text, { type: "number", description: `${words} ${description ?? ""}` });
  return found === -1 ? undefined : (found as number);
}

/** The number of a result beside an argument's words, or the only one that it has. */
function numberFound(shape: Shape, name: string, text: string): number | undefined {
  const numbers = numbersIn(withoutCodes(text));
  return numberBeside(shape, name, text) ?? (numbers.length === 1 ? numbers[0] : undefined);
}

function firstOf<In, Out>(all: readonly In[], read: (one: In) => Out | undefined): Out | undefined {
  for (const one of all) {
    const value = read(one);
    if (value !== undefined) return value;
  }
  return undefined;
}
