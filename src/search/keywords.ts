import { mayHaveStem, stemOf } from "../language/stems.ts";
import { isStopword, writtenWordsOf } from "../language/words.ts";

/** BM25's own: how soon more of the same word adds nothing, and how much long texts lose. */
const SATURATION = 1.2;
const LENGTH = 0.7;

/**
 * Finds the words of one question in texts that pass by once, by BM25. Only the question's own
 * words are counted, so there is no index to build, to store or to keep in line.
 *
 * A score is a share of the question, from 0 to 1: what a text has of it, each word the weightier
 * the fewer texts have it. A word that no text has weighs most, so where the texts speak in other
 * words all shares are low; that is how a search knows how far to trust them.
 */
export class Keywords {
  /** the place of each of the question's stems */
  readonly #stems: ReadonlyMap<string, number>;
  /** whether a word is worth to be cut into stems: of a large collection few are */
  readonly #mayMean: RegExp;
  /** which of the stems each word stands for, as it was written */
  readonly #meant = new Map<string, readonly number[]>();
  readonly #texts: { counts: Map<number, number>; length: number }[] = [];
  /** how many texts have each stem */
  readonly #having: number[];

  constructor(question: string) {
    const stems = new Set(writtenWordsOf(question).flatMap(stemsOf));
    this.#stems = new Map([...stems].map((stem, at) => [stem, at]));
    this.#mayMean = mayHaveStem(stems);
    this.#having = [...stems].map(() => 0);
  }

  add(text: string): void {
    const counts = new Map<number, number>();
    const words = writtenWordsOf(text);
    for (const word of words)
      if (this.#mayMean.test(word))
        for (const stem of this.#meantBy(word)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    for (const stem of counts.keys()) this.#having[stem]! += 1;
    this.#texts.push({ counts, length: words.length });
  }

  /** The share of the question that each text has, in the order in which they were added. */
  shares(): number[] {
    const all = this.#texts.length;
    const mean = this.#texts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, all);
    const rarities = this.#having.map((n) => Math.log(1 + (all - n + 0.5) / (n + 0.5)));
    const whole = rarities.reduce((sum, rarity) => sum + rarity, 0);
    return this.#texts.map(({ counts, length }) => {
      const slowness = SATURATION * (1 - LENGTH + (LENGTH * length) / mean);
      let score = 0;
      for (const [stem, count] of counts) score += (rarities[stem]! * count) / (count + slowness);
      return whole === 0 ? 0 : score / whole;
    });
  }

  #meantBy(word: string): readonly number[] {
    const known = this.#meant.get(word);
    if (known) return known;
    const meant = stemsOf(word).flatMap((stem) => this.#stems.get(stem) ?? []);
    this.#meant.set(word, meant);
    return meant;
  }
}

/** A word's stem, and those of its parts: "p-retry" has retry in it, and "maxRetries" too. */
export function stemsOf(word: string): string[] {
  const parts = word.split(/[-@.+#]|(?<=\p{Ll})(?=\p{Lu})/u);
  const words = parts.length > 1 ? [word, ...parts.filter((part) => part.length > 1)] : [word];
  return words
    .map((one) => one.toLowerCase())
    .filter((one) => !isStopword(one))
    .map(stemOf);
}
