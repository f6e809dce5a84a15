import { Keywords } from "../../search/keywords.ts";
import { meaningOf, meaningsOf } from "./meaning.ts";

/** A passage's sentences, and the heading that they stand under, "" for none. */
export interface Sentences {
  heading: string;
  sentences: readonly string[];
}

/** How much the question's words count beside the cosine of the meanings. */
const WORDS = 0.3;

/**
 * Of each passage the sentence that is nearest to a question, by meaning, alone or under its
 * heading, and by words; "" for a passage without sentences.
 */
export async function nearestSentences(
  question: string,
  passages: readonly Sentences[],
): Promise<string[]> {
  if (!hasWord(question)) return passages.map(({ sentences }) => sentences[0] ?? "");
  const asked = meaningOf(question);
  const found = passages.flatMap(({ heading, sentences }, passage) =>
    sentences
      .filter(hasWord)
      .map((text) => ({ passage, text, ways: [text, `${heading}\n${text}`] })),
  );
  const keywords = new Keywords(question);
  for (const { text } of found) keywords.add(text);
  const shares = keywords.shares();
  const meanings = await meaningsOf(found.flatMap(({ ways }) => ways));
  const scored = found.map((one, at) => {
    const cosines = one.ways.map((_, way) => cosine(asked, meanings[2 * at + way]!));
    return { ...one, score: Math.max(...cosines) + WORDS * shares[at]! };
  });
  return passages.map((_, passage) => {
    const own = scored.filter((one) => one.passage === passage);
    return own.toSorted((a, b) => b.score - a.score)[0]?.text ?? "";
  });
}

const hasWord = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** Of vectors of length 1. */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
