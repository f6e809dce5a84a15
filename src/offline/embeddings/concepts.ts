import { stemOf } from "../../language/stems.ts";
import { once } from "../once.ts";
import { baked } from "./baked.ts";
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
export const lexicon = once((): Lexicon => {
  const kept = baked();
  if (kept === undefined) return readLexicon();
  const { names, ofField, phrases } = kept;
  return { names, ofField, byPhrase: new Map(phrases), begun: beginningsOf(phrases) };
});

/** Reads the lists of words, of which the build keeps the result. */
export function readLexicon(): Lexicon {
  const names: string[] = [];
  const byPhrase = new Map<string, number[]>();
  const lines = [...entriesOf(FIELD), ...entriesOf(EVERYDAY)];
  for (const [name, words] of lines) {
    const concept = names.push(name) - 1;
    for (const entry of words.trim().split(/\s+/)) {
      const phrase = phraseOf(entry);
      const found = byPhrase.get(phrase) ?? [];
      if (!found.includes(concept)) byPhrase.set(phrase, [...found, concept]);
    }
  }
  return { names, ofField: entriesOf(FIELD).length, byPhrase, begun: beginningsOf(byPhrase) };
}

function beginningsOf(phrases: Iterable<readonly [string, unknown]>): Set<string> {
  const begun = new Set<string>();
  for (const [phrase] of phrases)
    for (let end = phrase.indexOf(" "); end >= 0; end = phrase.indexOf(" ", end + 1))
      begun.add(phrase.slice(0, end));
  return begun;
}

const entriesOf = (lines: string) =>
  [...lines.matchAll(/^(\w+): (.+)$/gm)].map(([, name = "", words = ""]) => [name, words] as const);

const phraseOf = (entry: string) => entry.replace(/['’]/g, "").split("_").map(stemOf).join(" ");

/**
 * Calls `found` for each concept that a line of stems names; phrases count more than single words.
 */
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
