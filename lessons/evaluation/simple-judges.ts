import { dot } from "../../src/lab.ts";
import type { Labelled } from "./labels.ts";

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The answer is the reference, but for capitals and marks. */
export const isExact = ({ answer, reference }: Labelled) =>
  plain(answer) === plain(reference);
/** The answer has the words that a right answer must have. */
export const hasKey = ({ answer, key }: Labelled) =>
  plain(answer).includes(plain(key));

interface Embedder {
  embedDocuments(texts: string[]): Promise<number[][]>;
}

/** The cosine of each answer and its reference; 0 for an answer without a word. */
export async function similarities(embedder: Embedder, answers: Labelled[]) {
  const texts = answers.flatMap(({ answer, reference }) => [
    answer.trim() || "-",
    reference,
  ]);
  const vectors = await embedder.embedDocuments(texts);
  return answers.map(({ answer }, at) => {
    const [one = [], other = []] = vectors.slice(2 * at, 2 * at + 2);
    const length = Math.sqrt(dot(one, one) * dot(other, other));
    return answer.trim() === "" || length === 0
      ? 0
      : dot(one, other) / length;
  });
}
