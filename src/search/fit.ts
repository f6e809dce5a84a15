import { writtenWordsOf } from "../language/words.ts";

/** How much the words of a question count beside its meaning, where a text has all of them. */
const WORDS = 2.2;

/** Words at which a text is believed half of its nearness. */
const SHORT = 5;

/**
 * How well a text fits a question, by the cosine of their vectors and by the share of the
 * question's words that the text has (`Keywords`). It only orders.
 *
 * The share counts with its third power, so that words decide where they are sure: half of a
 * question adds .28, which no cosine makes up for; a quarter, such as stray words of a paraphrase,
 * adds .03. The cosine counts for less where a text is short: of thousands of headings and single
 * lines, some are near to any question by chance. What else was tried stands in
 * handbook/questions/README.md.
 */
export function fitOf({ text, cosine, share }: { text: string; cosine: number; share: number }) {
  const length = writtenWordsOf(text).length;
  return cosine * (length / (length + SHORT)) + WORDS * share ** 3;
}
