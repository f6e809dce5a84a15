import { allFacts, type Fact, factValue } from "./corpus/facts.ts";
import { HELD_OUT_QUIZ_STARTS, heldOutFacts } from "./corpus/held-out.ts";
import { isQuestion, namesValue, statesFact, styleOf } from "./corpus/judge.ts";
import { QUESTIONS, question, statementStart, UNSEEN } from "./corpus/phrasings.ts";
import { LIKES, type RaterName } from "./corpus/raters.ts";
import type { TinyModel, Writing } from "./tiny-model.ts";

/** How the answers are read: the likeliest each time, so that the figures do not depend on dice. */
const GREEDY: Writing = { temperature: 0, most: 24, seed: 0 };

/**
 * What a model that only continues text does, on inputs held out of its training; shares from 0 to
 * 1.
 *
 * Questions are continued greedily once and drawn four times at temperature 0.7.
 */
export function evaluateBase(model: TinyModel) {
  const facts = allFacts();
  const completions = model.continue(facts.map(statementStart), { ...GREEDY, most: 9 });
  const begun = completions.map((written) => model.text(written).replace(/^the /, ""));
  const asked = HELD_OUT_QUIZ_STARTS.flatMap((start) => Array<string>(4).fill(start));
  const after = [
    ...model.continue(HELD_OUT_QUIZ_STARTS, GREEDY),
    ...model.continue(asked, { ...GREEDY, temperature: 0.7, seed: 1 }),
  ].map((written) => model.text(written).split("\n")[0] ?? "");
  const about = [...HELD_OUT_QUIZ_STARTS, ...asked].map(attributeAsked);
  return {
    /** facts stated when their sentence is begun: "The capital of France is" */
    completes: share(facts, ({ country, attribute }, at) =>
      begun[at]?.startsWith(factValue(country, attribute)),
    ),
    /** questions followed by a question */
    asksOn: share(after, isQuestion),
    /** questions followed by an answer, right or wrong */
    answers: share(
      after,
      (line, at) => !isQuestion(line) && namesValue(line, about[at] ?? "capital"),
    ),
  };
}

/** What a tuned model does, asked for facts of which no example told; shares from 0 to 1. */
export function evaluateTuned(model: TinyModel) {
  const facts = heldOutFacts();
  const known = facts.map((fact, at) => question(fact, at % UNSEEN));
  const unknown = facts.map((fact) => question(fact, UNSEEN));
  const answers = model
    .answer([...known, ...unknown], GREEDY)
    .map((written) => model.text(written));
  const drawn = model
    .answer(known, { ...GREEDY, temperature: 0.7, seed: 1 })
    .map((written) => model.text(written));
  const right = (of: string[]) =>
    share(facts, ({ country, attribute }: Fact, at) =>
      statesFact(of[at] ?? "", country, attribute),
    );
  const style = (rater: RaterName) => ({
    greedy: share(answers, LIKES[rater]),
    drawn: share(drawn, LIKES[rater]),
  });
  return {
    /** facts, asked for in phrasings that examples had */
    facts: right(answers.slice(0, facts.length)),
    /** … and in one that no example had */
    unseen: right(answers.slice(facts.length)),
    /** the same drawn at temperature 0.7 */
    drawn: right(drawn),
    /** answers in the style that each rater likes, likeliest and drawn */
    style: { warm: style("warm"), brief: style("brief") },
    /** answers that end by offering more */
    offers: share(answers, (answer) => styleOf(answer) === "helpful"),
  };
}

function share<T>(items: readonly T[], is: (item: T, at: number) => boolean | undefined): number {
  return items.filter(is).length / items.length;
}

function attributeAsked(asked: string) {
  return (Object.keys(QUESTIONS) as Fact["attribute"][]).find((attribute) =>
    allFacts().some(
      (fact) =>
        fact.attribute === attribute &&
        QUESTIONS[attribute].some((_, n) => question(fact, n) === asked),
    ),
  );
}

export type BaseReport = ReturnType<typeof evaluateBase>;
export type TunedReport = ReturnType<typeof evaluateTuned>;
