import { SHAPE } from "../../encoder/shape.ts";
import { hashOf } from "./hash.ts";
import { LEXICON_DIMENSIONS, lexiconVector } from "./lexicon-vector.ts";
import { meaningOf, meaningsOf } from "./meaning.ts";

export const DIMENSIONS = SHAPE.vector + LEXICON_DIMENSIONS;

/**
 * Vectors of length 1 for texts: the sentence encoder's, which has learnt what means the same, and
 * beside it one of the words, their letters and a lexicon, which tells names, numbers and terms
 * apart. Each has half a say: the cosine of two texts is the mean of both cosines. Measured by
 * `npm run bench:retrieval`.
 *
 * @param dimensions how many numbers; with fewer than 896, each part is shortened
 */
export async function embedTexts(
  texts: readonly string[],
  dimensions: number = DIMENSIONS,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const meanings = await meaningsOf(texts.filter(hasWord), signal);
  return texts.map((text) => join(text, hasWord(text) ? meanings.shift() : undefined, dimensions));
}

/** The same for one text, at once. */
export function embedText(text: string, dimensions: number = DIMENSIONS): Float32Array {
  return join(text, hasWord(text) ? meaningOf(text) : undefined, dimensions);
}

/** The encoder was trained on English: what it says of other scripts counts for less. */
function join(text: string, meaning: Float32Array | undefined, dimensions: number): Float32Array {
  const own = Math.min(SHAPE.vector, Math.round((dimensions * SHAPE.vector) / DIMENSIONS));
  const share = meaning === undefined ? 0 : latinShare(text) / 2;
  const vector = new Float32Array(dimensions);
  if (meaning && share > 0) {
    const factor = Math.sqrt(share);
    vector.set(shortened(meaning, own).map((value) => factor * value));
  }
  const factor = Math.sqrt(1 - share);
  vector.set(
    lexiconVector(text, dimensions - own).map((value) => factor * value),
    own,
  );
  return vector;
}

const hasWord = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** The share of a text's letters that are Latin, 1 if it has none. */
function latinShare(text: string): number {
  const letters = text.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter));
  return letters.length === 0 ? 1 : latin.length / letters.length;
}

/** Fewer numbers, by sums with signs drawn once for all: cosines stay much as they were. */
function shortened(vector: Float32Array, size: number): Float32Array {
  if (size >= vector.length) return vector;
  const short = Float64Array.from({ length: size }, (_, to) =>
    vector.reduce((sum, value, from) => sum + (hashOf(`${from}:${to}`) & 1 ? value : -value), 0),
  );
  const length = Math.sqrt(short.reduce((sum, value) => sum + value * value, 0)) || 1;
  return Float32Array.from(short, (value) => value / length);
}
