import { handbook } from "../../handbook/handbook.ts";
import { wholeText } from "../../handbook/passages.ts";
import { rememberingStems } from "../../language/stems.ts";
import { isStopword, wordsOf } from "../../language/words.ts";
import { once } from "../once.ts";
import { baked, bakedText } from "./baked.ts";
import { conceptsIn, type Lexicon, readLexicon } from "./concepts.ts";

/** A stem, or the number of a concept. */
type Feature = string | number;

/** How many passages of the handbook have each feature: what is rare there tells much. */
interface Counts {
  passages: number;
  having: Map<Feature, number>;
}

/** The inverse document frequency of BM25: highest for a feature that no passage has. */
export function rarityOf(feature: Feature): number {
  const { passages, having } = counts();
  const count = having.get(feature) ?? 0;
  return Math.log(1 + (passages - count + 0.5) / (count + 0.5));
}

/** The file that the build writes, so that nobody waits for the stemming and the counting. */
export function lexiconFile(): string {
  const lexicon = readLexicon();
  const { names, ofField, byPhrase } = lexicon;
  const { passages, having } = count(lexicon);
  const phrases = [...byPhrase].map(([phrase, concepts]): [string, number[]] => [
    phrase,
    [...concepts],
  ]);
  return bakedText({ names, ofField, phrases, passages, having: [...having] });
}

const counts = once((): Counts => {
  const kept = baked();
  if (kept === undefined) return count(readLexicon());
  return { passages: kept.passages, having: new Map(kept.having) };
});

function count(lexicon: Lexicon): Counts {
  const stemOf = rememberingStems();
  const passages = handbook().map((passage) => wordsOf(wholeText(passage)));
  const having = new Map<Feature, number>();
  for (const words of passages) {
    const stems = words.map(stemOf);
    const found = new Set<Feature>(stems.filter((_, at) => !isStopword(words[at] ?? "")));
    conceptsIn(stems, lexicon, (concept) => found.add(concept));
    for (const one of found) having.set(one, (having.get(one) ?? 0) + 1);
  }
  return { passages: passages.length, having };
}
