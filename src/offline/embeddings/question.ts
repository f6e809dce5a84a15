import { SHAPE } from "../../encoder/shape.ts";
import { lexicon } from "./concepts.ts";
import { DIMENSIONS } from "./embed.ts";

/** How much each part of a question's vector counts, beside what it counts in a text's. */
const COUNTS = { meaning: 1, field: 1.5, words: 0.3 };

/**
 * The vector of a question to search by, made of its vector as a text; of length 1. A search looks
 * for the question's words by itself (`Keywords`), so the part of the vector that has words and
 * letters hardly counts. What is left is meaning: the encoder's, and the concepts of the field that
 * the lexicon knows. Texts keep their vectors. Measured by `npm run bench:retrieval`.
 *
 * @param vector of `embedTexts`; another model's, or a shortened one, stays as it is
 */
export function questionVector(vector: readonly number[]): number[] {
  if (vector.length !== DIMENSIONS) return [...vector];
  const words = SHAPE.vector + lexicon().ofField;
  const weighted = vector.map((value, at) => {
    if (at < SHAPE.vector) return COUNTS.meaning * value;
    return (at < words ? COUNTS.field : COUNTS.words) * value;
  });
  const length = Math.sqrt(weighted.reduce((sum, value) => sum + value * value, 0));
  return weighted.map((value) => value / length);
}
