import { sentencesOf } from "../language/sentences.ts";
import { isStopword, wordsOf } from "../language/words.ts";
import { hashOf } from "./hash.ts";

/** What is learnt from a text by counting: how much each stem tells, and which stems stand near it. */
export interface Counted {
  /** high for a stem that few passages have, highest for one that none has */
  rarity(stem: string): number;
  /** hashes of the stems that stand near it most tellingly, each with a weight; their squares add up to 1 */
  neighbours(stem: string): readonly (readonly [hash: number, weight: number])[];
}

type Counts = Map<string, number>;
type Sentence = readonly string[];

const REACH = 6;
const MOST_NEIGHBOURS = 24;

/** Counts passages, given as lines of stems without stop words, once; neighbours are worked out when they are asked for. */
export function countPassages(passages: readonly Sentence[][]): Counted {
  const having: Counts = new Map();
  const places = new Map<string, Sentence[]>();
  for (const sentences of passages) {
    for (const stem of new Set(sentences.flat())) having.set(stem, (having.get(stem) ?? 0) + 1);
    for (const sentence of sentences) {
      for (const stem of new Set(sentence)) {
        const known = places.get(stem);
        if (known) known.push(sentence);
        else places.set(stem, [sentence]);
      }
    }
  }
  const none = rarityOf(0, passages.length);
  const rarities = new Map([...having].map(([stem, n]) => [stem, rarityOf(n, passages.length)]));
  const rarity = (stem: string) => rarities.get(stem) ?? none;
  const found = new Map<string, ReturnType<typeof strongest>>();
  const neighbours = (stem: string) => {
    const sentences = places.get(stem);
    if (!sentences) return [];
    const known = found.get(stem) ?? strongest(countNear(stem, sentences), rarity);
    found.set(stem, known);
    return known;
  };
  return { rarity, neighbours };
}

/** The stems of a text's sentences, each without its stop words. */
export function sentencesOfStems(text: string, stemOf: (word: string) => string): string[][] {
  return sentencesOf(text).map((sentence) =>
    wordsOf(sentence)
      .filter((word) => !isStopword(word))
      .map(stemOf),
  );
}

/** The inverse document frequency of BM25. */
export function rarityOf(having: number, all: number): number {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

function countNear(stem: string, sentences: readonly Sentence[]): Counts {
  const counts: Counts = new Map();
  for (const stems of sentences) {
    for (let at = stems.indexOf(stem); at >= 0; at = stems.indexOf(stem, at + 1)) {
      const last = Math.min(stems.length - 1, at + REACH);
      for (let other = Math.max(0, at - REACH); other <= last; other++) {
        const neighbour = stems[other]!;
        if (other !== at) counts.set(neighbour, (counts.get(neighbour) ?? 0) + 1);
      }
    }
  }
  return counts;
}

function strongest(counts: Counts, rarity: (stem: string) => number) {
  const weighed = [...counts].map(([stem, count]) => [stem, count * rarity(stem)] as const);
  const kept = weighed.sort((a, b) => b[1] - a[1]).slice(0, MOST_NEIGHBOURS);
  const length = Math.hypot(...kept.map(([, weight]) => weight));
  return kept.map(([stem, weight]) => [hashOf(`near:${stem}`), weight / length] as const);
}
