import { sentencesOf } from "../../../language/sentences.ts";
import { meaningOf } from "../../embeddings/meaning.ts";
import type { Finding } from "./correct.ts";
import { saidIn } from "./said.ts";

/** How near in meaning an answer is to its question, from 0 to 1: of its sentences, the nearest. */
export function relevance(question: string, answer: string): Finding {
  if (!/[\p{L}\p{N}]/u.test(answer)) return { score: 0, why: "The answer is empty." };
  const asked = meaningOf(question);
  const near = Math.max(
    ...sentencesOf(answer)
      .slice(0, MOST)
      .map((one) => cosine(asked, meaningOf(one))),
  );
  const score = Math.min(1, Math.max(0, (near - UNRELATED) / (ON_TOPIC - UNRELATED)));
  const so = score > 0.6 ? "closely" : score > 0.3 ? "loosely" : "hardly";
  return { score, why: `It is ${so} about the question.` };
}

/** An answer that is about its question says so within as many sentences. */
const MOST = 60;

/** Cosines of a question with a sentence about something else, and with one about the same. */
const UNRELATED = 0.05;
const ON_TOPIC = 0.55;

/**
 * How helpful and detailed an answer is to somebody who has no reference: how near it is to the
 * question, and how much it says, which is the number of different words that carry meaning.
 */
export function detail(question: string, answer: string): Finding {
  const { score, why } = relevance(question, answer);
  const count = different(answer);
  const much = count / (count + HALF);
  return {
    score: Math.sqrt(Math.max(score, 0.1)) * much,
    why: `${why} It has ${count} different words that carry meaning.`,
  };
}

/** So many different words are half of all that can be said. */
const HALF = 12;

/** How short an answer is for what it says about the question. */
export function brevity(question: string, answer: string): Finding {
  const { score, why } = relevance(question, answer);
  const count = different(answer);
  return {
    score: Math.sqrt(score) * (HALF / (HALF + Math.max(0, count - 3))),
    why: `${why} It has ${count} different words that carry meaning.`,
  };
}

const different = (text: string) => new Set(saidIn(text).map(({ stem }) => stem)).size;

/** Of vectors of length 1. */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
