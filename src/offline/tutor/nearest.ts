import { meaningOf } from "../embeddings/meaning.ts";
import { domainsOf } from "./knowledge/domains.ts";
import { contentStems, isMet, meaningsOf } from "./memory/meanings.ts";

/** Something that can be chosen by what it is for. */
export interface Candidate {
  name: string;
  description: string;
}

/**
 * The candidate whose description is nearest in meaning to a text, or undefined where none fits.
 *
 * Each candidate is encoded in three phrasings, which are centred: what all candidates, and
 * descriptions of nothing in particular, have in common is taken off, and what is left tells them
 * apart. Off the text comes half of that, and half of what questions have in common. A word that
 * the text and the description both have counts a little. So does a field of the router lesson's
 * whose words are listed: the encoder alone takes a hash table for kitchenware. Measured on
 * questions kept aside by `nearest.test.ts`.
 *
 * @param least how near it must be, from -1 to 1
 */
export function nearestCandidate(
  text: string,
  candidates: readonly Candidate[],
  least = NEAR_ENOUGH,
): Candidate | undefined {
  if (!/\p{L}/u.test(text)) return undefined;
  const nearness = PHRASINGS.map((phrase) => nearnessOf(text, candidates.map(phrase)));
  const stems = contentStems(text);
  const fields = domainsOf(text);
  let best: { candidate: Candidate; score: number } | undefined;
  for (const [at, candidate] of candidates.entries()) {
    const meanings = meaningsOf(`${candidate.name} ${candidate.description}`);
    const shared = stems.filter((stem) => isMet(stem, meanings)).length;
    const isOfField = fieldsOf(candidate).some((field) => fields.has(field));
    const score =
      nearness.reduce((sum, each) => sum + (each[at] as number) / nearness.length, 0) +
      WORD_COUNTS * Math.min(shared, MOST_WORDS) +
      (isOfField ? FIELD_COUNTS : 0);
    if (!best || score > best.score) best = { candidate, score };
  }
  const needed = PERSONAL.test(text) ? least + MORE_FOR_PERSONAL : least;
  return best && best.score >= needed ? best.candidate : undefined;
}

/**
 * A description as such, and as somebody asks for it: their mean is a better guide than any one.
 */
const PHRASINGS = [
  ({ name, description }: Candidate) => `${name}: ${description}`,
  ({ description }: Candidate) => description || "anything",
  ({ description }: Candidate) => `I need help with ${description}`,
];

/** How near a text is to each of some descriptions, as cosines of what tells them apart. */
function nearnessOf(text: string, descriptions: readonly string[]): number[] {
  const vectors = descriptions.map(meaningOf);
  const common = meanOf([...vectors, ...OTHERS.map(meaningOf)]);
  const asked = minus(meaningOf(text), meanOf([common, meanOf(QUESTIONS.map(meaningOf))]));
  return vectors.map((vector) => cosine(asked, minus(vector, common)));
}

/**
 * A candidate's fields of knowledge: its description says what it is for, its name only if that
 * does not.
 */
function fieldsOf({ name, description }: Candidate): string[] {
  const described = [...domainsOf(description).keys()];
  return described.length > 0 ? described : [...domainsOf(name).keys()];
}

/** Descriptions that anything fits. */
const OTHERS = [
  "general: Anything else",
  "other: Questions about other things",
  "misc: Small talk and everyday matters",
  "help: Good for answering all kinds of questions",
];

/** Questions about nothing in particular. */
const QUESTIONS = [
  "How do I do this?",
  "What is it?",
  "I have a problem with it",
  "Can you help me?",
  "Why does it happen?",
  "It does not work",
  "Who was it?",
  "When does it start?",
  "I want to have one",
  "Where is it?",
  "My friend said so",
  "How much is it?",
];

const NEAR_ENOUGH = 0.22;
const WORD_COUNTS = 0.08;
const MOST_WORDS = 2;
const FIELD_COUNTS = 0.2;

/** "Do you like tulips?" is for nobody who knows about tulips. */
const PERSONAL =
  /^\W*(?:(?:do|did|are|were|can|could|would|have|will) you (?:ever |really )?(?:like|love|hate|enjoy|feel|think|want|eat|sleep|dream|happy|sad|human|alive)\b|where (?:did|do|have) i (?:leave|left|put|lose|lost)\b)/i;
const MORE_FOR_PERSONAL = 0.2;

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (const [at, value] of vector.entries())
      mean[at] = (mean[at] as number) + value / vectors.length;
  return mean;
}

const minus = (vector: Float32Array, other: Float32Array) =>
  vector.map((value, at) => value - (other[at] as number));

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const other = b[at] as number;
    dot += value * other;
    ofA += value * value;
    ofB += other * other;
  }
  return dot / (Math.sqrt(ofA * ofB) || 1);
}
