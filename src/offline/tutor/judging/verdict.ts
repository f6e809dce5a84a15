import { correctness, type Finding, RIGHT } from "./correct.ts";
import { brevity, detail, relevance } from "./helpful.ts";
import type { Judged } from "./judged.ts";
import { support } from "./supported.ts";

/** What a judge makes of what it was given. */
export interface Verdict {
  /** of each answer, from 0 to 1 */
  scores: readonly number[];
  /** whether the first answer is good enough */
  passes: boolean;
  /** of two answers */
  better: "first" | "second" | "tie" | undefined;
  why: string;
}

/**
 * Judges by what a request gives: a reference, passages, or neither. The words of the request say
 * what is looked at where neither is given, and mostly that is how much an answer says.
 */
export function verdictOf({ instructions, question, answers, ...given }: Judged): Verdict {
  const { find, enough } = criterionOf(instructions, question, given);
  const found = answers.map(find);
  const scores = found.map(({ score }) => score);
  const [first, second] = found;
  const passes = scores[0]! >= enough;
  if (!first || !second) return { scores, passes, better: undefined, why: first?.why ?? "" };
  const [one, other] = [gradeOf(first.score), gradeOf(second.score)];
  const better = one === other ? "tie" : one > other ? "first" : "second";
  const why = `The first gets ${one} of 10, the second ${other}. First: ${first.why} Second: ${second.why}`;
  return { scores, passes, better, why };
}

/**
 * Two answers are compared by grades from 0 to 10, so that those that are about as good are equal.
 */
const gradeOf = (score: number) => Math.round(10 * score);

interface Criterion {
  find(answer: string): Finding;
  enough: number;
}

function criterionOf(
  instructions: string,
  question: string,
  { reference, context }: Pick<Judged, "reference" | "context">,
): Criterion {
  if (/\bconcise|\bbrevity\b|\bbrief|\bverbos|\bto the point\b/i.test(instructions) && !reference)
    return { find: (answer) => brevity(question, answer), enough: 0.5 };
  if (
    reference !== undefined &&
    !(context && FOLLOWS.test(instructions) && !CORRECT.test(instructions))
  )
    return { find: (answer) => correctness(question, reference, answer), enough: RIGHT };
  if (context !== undefined) return { find: (answer) => support(answer, context), enough: RIGHT };
  if (
    /\brelevan|\baddress/i.test(instructions) &&
    !/\bdetail|\bthorough|\bhelpful/i.test(instructions)
  )
    return { find: (answer) => relevance(question, answer), enough: 0.5 };
  const unknown = CORRECT.test(instructions)
    ? "No reference is given, so this says nothing of whether it is correct. "
    : "";
  return {
    find(answer) {
      const { score, why } = detail(question, answer);
      return { score, why: `${unknown}${why}` };
    },
    enough: 0.5,
  };
}

const FOLLOWS = /faithful|grounded|supported|hallucinat/i;
const CORRECT = /\bcorrect|\baccura|\bright\b|\btrue\b/i;
