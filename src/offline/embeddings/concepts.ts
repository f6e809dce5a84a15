import { EVERYDAY } from "./lexicon/everyday.ts";
import { FIELD } from "./lexicon/field.ts";
import { stemOf } from "./words.ts";

/** Which concepts a stem, or a phrase of stems joined by spaces, stands for. */
export interface Lexicon {
  names: string[];
  /** how many concepts, from the first, are of the field */
  ofField: number;
  byPhrase: ReadonlyMap<string, readonly number[]>;
  /** words in the longest phrase */
  longest: number;
}

/** The lexicon of concepts: those of the field, then those of everyday life. */
export function readLexicon(): Lexicon {
  const names: string[] = [];
  const byPhrase = new Map<string, number[]>();
  let longest = 1;
  const lines = [...entriesOf(FIELD), ...entriesOf(EVERYDAY)];
  for (const [name, words] of lines) {
    const concept = names.push(name) - 1;
    for (const entry of words.trim().split(/\s+/)) {
      const phrase = phraseOf(entry);
      const found = byPhrase.get(phrase) ?? [];
      if (!found.includes(concept)) byPhrase.set(phrase, [...found, concept]);
      longest = Math.max(longest, phrase.split(" ").length);
    }
  }
  return { names, ofField: entriesOf(FIELD).length, byPhrase, longest };
}

const entriesOf = (lines: string) =>
  [...lines.matchAll(/^(\w+): (.+)$/gm)].map(([, name = "", words = ""]) => [name, words] as const);

const phraseOf = (entry: string) => entry.replace(/['’]/g, "").split("_").map(stemOf).join(" ");

/** Calls `found` for each concept that a line of stems names; phrases count more than single words. */
export function conceptsIn(
  stems: readonly string[],
  { byPhrase, longest }: Lexicon,
  found: (concept: number, strength: number) => void,
): void {
  for (let at = 0; at < stems.length; at++) {
    let phrase = "";
    for (let length = 1; length <= longest && at + length <= stems.length; length++) {
      phrase = length === 1 ? (stems[at] ?? "") : `${phrase} ${stems[at + length - 1]}`;
      const concepts = byPhrase.get(phrase);
      if (!concepts) continue;
      // A word of several concepts stands for each of them less surely.
      const strength = Math.sqrt(length / concepts.length);
      for (const concept of concepts) found(concept, strength);
    }
  }
}
