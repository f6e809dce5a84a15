import { conceptsIn, type Lexicon } from "./concepts.ts";
import type { Counted } from "./neighbours.ts";
import { isStopword, stemOf, wordsOf } from "./words.ts";

/** What is found in a text, each with how strongly: the four parts that a vector is mixed from. */
export interface Features {
  words: Map<string, number>;
  letters: Map<string, number>;
  concepts: Map<number, number>;
  neighbours: Map<string, number>;
}

/** A heading says more of a text's matter than a line of it. */
const HEADING = 3;
const LONGEST_HEADING = 80;

export function featuresOf(
  text: string,
  lexicon: Lexicon,
  counted: Counted,
  conceptRarity: (concept: number) => number,
): Features {
  const found: Features = {
    words: new Map(),
    letters: new Map(),
    concepts: new Map(),
    neighbours: new Map(),
  };
  for (const { line, weight } of linesOf(text)) {
    const words = wordsOf(line);
    const stems = words.map(stemOf);
    for (const [at, stem] of stems.entries()) {
      if (!isStopword(words[at] ?? "")) add(found.words, stem, weight);
    }
    conceptsIn(stems, lexicon, (concept, strength) =>
      add(found.concepts, concept, weight * strength),
    );
  }
  // A text of nothing else is found by these.
  if (found.words.size === 0) for (const word of wordsOf(text)) add(found.words, stemOf(word), 1);
  for (const [stem, count] of found.words) {
    const weight = Math.log(1 + count) * counted.rarity(stem);
    found.words.set(stem, weight);
    addLetters(found.letters, stem, weight);
    for (const [near, share] of counted.neighbours(stem))
      add(found.neighbours, near, weight * share);
  }
  for (const [concept, count] of found.concepts)
    found.concepts.set(concept, Math.log(1 + count) * conceptRarity(concept));
  return found;
}

/** The lines of a text; a short first line with more after it is its heading, and so is one after `#`. */
function linesOf(text: string): { line: string; weight: number }[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, at) => {
    const isHeading =
      /^#{1,6} /.test(line) ||
      (at === 0 && lines.length > 1 && line.length < LONGEST_HEADING && !/[.:;,]\s*$/.test(line));
    return { line, weight: isHeading ? HEADING : 1 };
  });
}

/** Groups of three and four letters: a word is near another form of itself, or a misspelt one. */
function addLetters(letters: Map<string, number>, stem: string, weight: number): void {
  const framed = `^${stem}$`;
  for (const size of [3, 4]) {
    for (let at = 0; at + size <= framed.length; at++)
      add(letters, framed.slice(at, at + size), weight / Math.sqrt(framed.length));
  }
}

function add<Key>(to: Map<Key, number>, key: Key, weight: number): void {
  to.set(key, (to.get(key) ?? 0) + weight);
}
