/**
 * Raters for when nobody sits at the keyboard. A rater looks at two answers and says which it likes
 * better, by what it values first, second, third; it knows nothing of the model that wrote them.
 */
import type { Fact } from "./facts.ts";
import { isBrief, isKind, isRude, isWarm, statesFact, wordCount } from "./judge.ts";

export type RaterName = "warm" | "brief";
export type Verdict = "a" | "b" | "same";

/** What a rater values, most important first; higher is better. */
export type Rater = (answer: string, about?: Fact) => number[];

export interface Answers {
  a: string;
  b: string;
  /** the fact that was asked for, if one was */
  about?: Fact;
}

const RATERS: Record<RaterName, Rater> = {
  warm: (answer, about) => [Number(isWarm(answer)), correctness(answer, about), kindness(answer)],
  brief: (answer, about) => [brevity(answer), correctness(answer, about), kindness(answer)],
};

/** The style that each rater likes, in a word: what is counted before and after tuning. */
export const LIKES: Record<RaterName, (answer: string) => boolean> = {
  warm: isWarm,
  brief: isBrief,
};

export function rate(rater: RaterName | Rater, { a, b, about }: Answers): Verdict {
  const judge = typeof rater === "function" ? rater : RATERS[rater];
  const forB = judge(b, about);
  for (const [at, value] of judge(a, about).entries()) {
    const other = forB[at]!;
    if (value !== other) return value > other ? "a" : "b";
  }
  return "same";
}

function correctness(answer: string, about?: Fact): number {
  return about && statesFact(answer, about.country, about.attribute) ? 1 : 0;
}

function kindness(answer: string): number {
  return Number(isKind(answer)) - Number(isRude(answer));
}

/** Fewer words are better, but silence is not an answer. */
function brevity(answer: string): number {
  return -(wordCount(answer) || Number.POSITIVE_INFINITY);
}
