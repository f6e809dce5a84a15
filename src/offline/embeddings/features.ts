import { stemOf } from "../../language/stems.ts";
import { isStopword, wordsOf } from "../../language/words.ts";
import { conceptsIn, type Lexicon } from "./concepts.ts";

/** The stems and the concepts of a text, each with how often it occurs. */
export interface Features {
  stems: Map<string, number>;
  concepts: Map<number, number>;
}

/** A heading says more of a text's matter than a line of it. */
const HEADING = 3;
const LONGEST_HEADING = 80;

export function featuresOf(text: string, lexicon: Lexicon): Features {
  const found: Features = { stems: new Map(), concepts: new Map() };
  for (const { line, weight } of linesOf(text)) {
    const words = wordsOf(line);
    const stems = words.map(stemOf);
    for (const [at, stem] of stems.entries()) {
      if (!isStopword(words[at] ?? "")) add(found.stems, stem, weight);
    }
    conceptsIn(stems, lexicon, (concept, strength) =>
      add(found.concepts, concept, weight * strength),
    );
  }
  // A text of nothing but stop words is found by these.
  if (found.stems.size === 0) for (const word of wordsOf(text)) add(found.stems, stemOf(word), 1);
  return found;
}

/**
 * The lines of a text; a short first line with more after it is its heading, and so is one after
 * `#`.
 */
function linesOf(text: string): { line: string; weight: number }[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, at) => {
    const isHeading =
      /^#{1,6} /.test(line) ||
      (at === 0 && lines.length > 1 && line.length < LONGEST_HEADING && !/[.:;,]\s*$/.test(line));
    return { line, weight: isHeading ? HEADING : 1 };
  });
}

function add<Key>(to: Map<Key, number>, key: Key, weight: number): void {
  to.set(key, (to.get(key) ?? 0) + weight);
}
