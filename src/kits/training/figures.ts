import { formatPercent } from "../../format.ts";
import { allFacts } from "../../tinylm/corpus/facts.ts";
import { isBrief, isWarm, statesFact, styleOf } from "../../tinylm/corpus/judge.ts";
import { QUESTIONS, question } from "../../tinylm/corpus/phrasings.ts";
import { type RaterName, rate } from "../../tinylm/corpus/raters.ts";
import type { BaseReport, TunedReport } from "../../tinylm/evaluate.ts";
import { type Choice, type Rating, rated } from "../../tinylm/ratings.ts";
import type { Bar } from "../../trace/events.ts";

/** The likeliest tokens at the first place of a completion that was asked for with `logprobs`, the likeliest first. */
export function likely(
  generation: { generationInfo?: Record<string, unknown> } | undefined,
): Bar[] {
  const logprobs = generation?.generationInfo?.logprobs as
    | { top_logprobs?: Record<string, number>[] }
    | null
    | undefined;
  return Object.entries(logprobs?.top_logprobs?.[0] ?? {})
    .map(([label, logarithm]) => ({ label, value: Math.exp(logarithm) }))
    .sort((one, other) => other.value - one.value);
}

/** Tells right answers to a question about a country from wrong ones; undefined for any other question. */
export function answerTo(asked: string): ((text: string) => boolean) | undefined {
  const fact = allFacts().find((fact) =>
    QUESTIONS[fact.attribute].some((_, phrasing) => question(fact, phrasing) === asked.trim()),
  );
  return fact && ((text) => statesFact(text, fact.country, fact.attribute));
}

/** A rater's opinion of the pairs, at most twenty; where both answers please alike there is none. */
export function verdicts(choices: readonly Choice[], rater: RaterName): Rating[] {
  return choices.flatMap((choice) => rated(choice, rate(rater, choice))).slice(0, 20);
}

/** What was said of a pair, "A", "B" or something else; a rater's opinion where nobody spoke. */
export function verdictOf(choice: Choice, said: string | null, rater: RaterName): Rating[] {
  if (said === null) return rated(choice, rate(rater, choice));
  return rated(choice, said === "A" ? "a" : said === "B" ? "b" : "same");
}

/** The taste that was rated: in how many ratings only the chosen answer had a feature. */
export function tasteIn(ratings: readonly Rating[]): [taste: string, ratings: number][] {
  const tastes: [string, (answer: string) => boolean][] = [
    ["warm", isWarm],
    ["brief", isBrief],
    ["offers more", (answer) => styleOf(answer) === "helpful"],
  ];
  return tastes.map(([taste, has]) => [
    taste,
    ratings.filter(({ chosen, rejected }) => has(chosen) && !has(rejected)).length,
  ]);
}

/** Reports side by side, as the columns and rows of a table. */
export function shares(
  reports: Record<string, BaseReport | TunedReport>,
): [columns: string[], rows: string[][]] {
  const figures = Object.values(reports).map(figuresOf);
  const names = Object.keys(figures[0] ?? {});
  const percent = (share: number | undefined) => (share === undefined ? "" : formatPercent(share));
  return [
    ["on held-out questions", ...Object.keys(reports)],
    names.map((name) => [name, ...figures.map((of) => percent(of[name]))]),
  ];
}

function figuresOf(report: BaseReport | TunedReport): Record<string, number> {
  if ("asksOn" in report) {
    return {
      "facts completed": report.completes,
      "questions followed by a question": report.asksOn,
      "questions answered": report.answers,
    };
  }
  return {
    "facts answered": report.facts,
    "… in a phrasing never shown": report.unseen,
    'warm answers ("Good question!")': report.style.warm.greedy,
    "brief answers (one sentence)": report.style.brief.greedy,
    'answers that offer more ("Ask me more!")': report.offers,
  };
}
