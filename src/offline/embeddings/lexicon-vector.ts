import { lexicon } from "./concepts.ts";
import { rarityOf } from "./counts.ts";
import { featuresOf } from "./features.ts";
import { hashOf, stir } from "./hash.ts";

export const LEXICON_DIMENSIONS = 384;

/**
 * How much each part weighs; measured by `npm run bench:retrieval` on the questions that are not
 * kept aside.
 */
const MIX = { words: 1, letters: 0.5, concepts: 1.2 };

/**
 * Places that a feature is spread over, so that two features seldom fall together altogether;
 * letters are many.
 */
const SPREAD = 4;
const SPREAD_OF_LETTERS = 1;

/**
 * A vector of length 1 for a text, without learnt weights: the same text always has the same.
 *
 * It is mixed from the text's words, the letters in them, and the concepts that a hand-written
 * lexicon finds. Each concept of the field has a place of its own; all else is hashed to the places
 * after those. It knows the synonyms that the lexicon has, and no others: what is said in other
 * words is for the sentence encoder.
 */
export function lexiconVector(text: string, dimensions: number = LEXICON_DIMENSIONS): Float32Array {
  const { ofField } = lexicon();
  const features = featuresOf(text, lexicon());
  const own = dimensions >= 2 * ofField ? ofField : 0;
  const [words, letters, concepts, mixed] = Array.from(
    { length: 4 },
    () => new Float64Array(dimensions),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (const [stem, count] of features.stems) {
    const weight = Math.log(1 + count) * rarityOf(stem);
    spread(words, hashOf(`word:${stem}`), weight, own, SPREAD);
    addLetters(letters, stem, weight, own);
  }
  for (const [concept, count] of features.concepts) {
    const weight = Math.log(1 + count) * rarityOf(concept);
    if (concept < own) concepts[concept]! += weight;
    else spread(concepts, hashOf(`concept:${concept}`), weight, own, SPREAD);
  }
  mix(mixed, words, MIX.words);
  mix(mixed, letters, MIX.letters);
  mix(mixed, concepts, MIX.concepts);
  // A text without a single word is near nothing but itself.
  if (lengthOf(mixed) === 0) spread(mixed, hashOf(`text:${text}`), 1, own, SPREAD);
  const length = lengthOf(mixed);
  return Float32Array.from(mixed, (value) => value / length);
}

/** Groups of three and four letters: a word is near another form of itself, or a misspelt one. */
function addLetters(letters: Float64Array, stem: string, weight: number, from: number): void {
  const framed = `^${stem}$`;
  const share = weight / Math.sqrt(framed.length);
  for (const size of [3, 4]) {
    for (let at = 0; at + size <= framed.length; at++)
      spread(letters, hashOf(framed, at, at + size), share, from, SPREAD_OF_LETTERS);
  }
}

/**
 * Adds a feature at a few places after the first `from`, with signs, so that chance meetings cancel
 * out.
 */
function spread(
  vector: Float64Array,
  hash: number,
  weight: number,
  from: number,
  places: number,
): void {
  const share = weight / Math.sqrt(places);
  let state = hash;
  for (let count = 0; count < places; count++) {
    state = stir((state + 0x9e3779b9) | 0);
    const place = from + ((state >>> 1) % (vector.length - from));
    vector[place]! += state & 1 ? share : -share;
  }
}

/** Adds a part, brought to the length that it is to weigh. */
function mix(vector: Float64Array, part: Float64Array, weight: number): void {
  const length = lengthOf(part);
  if (length === 0) return;
  for (let at = 0; at < vector.length; at++) vector[at]! += (weight * part[at]!) / length;
}

function lengthOf(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
