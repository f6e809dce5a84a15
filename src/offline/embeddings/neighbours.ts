import { isStopword, stemOf, wordsOf } from "./words.ts";

/** What is learnt from a text by counting: how much each stem tells, and which stems stand near it. */
export interface Counted {
  /** high for a stem that few passages have, highest for one that none has */
  rarity(stem: string): number;
  /** the stems that stand near it most tellingly, each with a weight; their squares add up to 1 */
  neighbours(stem: string): ReadonlyMap<string, number>;
}

const REACH = 6;
const MOST_NEIGHBOURS = 24;
const NONE: ReadonlyMap<string, number> = new Map();

/** Counts passages once; neighbours of a stem are worked out when it is asked for. */
export function countPassages(passages: readonly string[]): Counted {
  const having = new Map<string, number>();
  const near = new Map<string, Map<string, number>>();
  const sentences: string[][] = [];
  for (const passage of passages) {
    const all = new Set<string>();
    for (const sentence of passage.split(/(?<=[.:;?!])\s|\n/)) {
      const words = wordsOf(sentence);
      const stems = words.map(stemOf);
      for (const stem of stems) all.add(stem);
      sentences.push(stems.filter((_, at) => !isStopword(words[at] ?? "")));
    }
    for (const stem of all) having.set(stem, (having.get(stem) ?? 0) + 1);
  }
  const rarity = (stem: string) => rarityOf(having.get(stem) ?? 0, passages.length);
  for (const stems of sentences) countNear(stems, near);
  return { rarity, neighbours: (stem) => strongest(near.get(stem), rarity) };
}

/** The inverse document frequency of BM25. */
export function rarityOf(having: number, all: number): number {
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}

function countNear(stems: readonly string[], near: Map<string, Map<string, number>>): void {
  for (const [at, stem] of stems.entries()) {
    const counts = near.get(stem) ?? new Map<string, number>();
    near.set(stem, counts);
    const last = Math.min(stems.length - 1, at + REACH);
    for (let other = Math.max(0, at - REACH); other <= last; other++) {
      const neighbour = stems[other] ?? "";
      if (other !== at) counts.set(neighbour, (counts.get(neighbour) ?? 0) + 1);
    }
  }
}

function strongest(
  counts: ReadonlyMap<string, number> | undefined,
  rarity: (stem: string) => number,
): ReadonlyMap<string, number> {
  if (!counts) return NONE;
  const weighed = [...counts].map(([stem, count]) => [stem, count * rarity(stem)] as const);
  const kept = weighed.sort((a, b) => b[1] - a[1]).slice(0, MOST_NEIGHBOURS);
  const length = Math.hypot(...kept.map(([, weight]) => weight));
  return new Map(kept.map(([stem, weight]) => [stem, weight / length]));
}
