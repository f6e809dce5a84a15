import { stemOf } from "../language/stems.ts";
import { EVERYDAY } from "./lexicon/everyday.ts";
import { FIELD } from "./lexicon/field.ts";

/** Which concepts a stem, or a phrase of stems joined by spaces, stands for. */
export interface Lexicon {
  names: string[];
  /** how many concepts, from the first, are of the field */
  ofField: number;
  byPhrase: ReadonlyMap<string, readonly number[]>;
  /** what phrases begin with, short of their last word */
  begun: ReadonlySet<string>;
}

/** The lexicon of concepts: those of the field, then those of everyday life. */
export function readLexicon(): Lexicon {
  const names: string[] = [];
  const byPhrase = new Map<string, number[]>();
  const begun = new Set<string>();
  const lines = [...entriesOf(FIELD), ...entriesOf(EVERYDAY)];
  for (const [name, words] of lines) {
    const concept = names.push(name) - 1;
    for (const entry of words.trim().split(/\s+/)) {
      const phrase = phraseOf(entry);
      const found = byPhrase.get(phrase) ?? [];
      if (!found.includes(concept)) byPhrase.set(phrase, [...found, concept]);
      const stems = phrase.split(" ");
      for (let length = 1; length < stems.length; length++)
        begun.add(stems.slice(0, length).join(" "));
    }
  }
  return { names, ofField: entriesOf(FIELD).length, byPhrase, begun };
}

const entriesOf = (lines: string) =>
  [...lines.matchAll(/^(\w+): (.+)$/gm)].map(([, name = "", words = ""]) => [name, words] as const);

const phraseOf = (entry: string) => entry.replace(/['’]/g, "").split("_").map(stemOf).join(" ");

/** Calls `found` for each concept that a line of stems names; phrases count more than single words. */
export function conceptsIn(
  stems: readonly string[],
  { byPhrase, begun }: Lexicon,
  found: (concept: number, strength: number) => void,
): void {
  for (let at = 0; at < stems.length; at++) {
    let phrase = stems[at] ?? "";
    for (let length = 1; ; length++) {
      const concepts = byPhrase.get(phrase);
      if (concepts) {
        // A word of several concepts stands for each of them less surely.
        const strength = Math.sqrt(length / concepts.length);
        for (const concept of concepts) found(concept, strength);
      }
      if (!begun.has(phrase) || at + length >= stems.length) break;
      phrase = `${phrase} ${stems[at + length]}`;
    }
  }
}
