import type { Fact } from "./corpus/facts.ts";
import { statesFact, styleOf } from "./corpus/judge.ts";
import { randomFrom, shuffled } from "./random.ts";
import type { TinyModel } from "./tiny-model.ts";

/** A question that ratings may be about, and the fact that it asks for, if any. */
export interface Asked {
  question: string;
  about?: Fact;
}

/** Two answers that the model gave to one question, for a rater to choose between. */
export interface Choice extends Asked {
  a: string;
  b: string;
}

/** A rated choice: the answer that was preferred, and the other. */
export interface Rating extends Asked {
  chosen: string;
  rejected: string;
}

/**
 * Draws several answers to questions, and picks pairs that differ in a way that a rater can have an
 * opinion about: in style, in being right, in kindness. Questions without a fact come first, one in
 * four.
 */
export function makeChoices(
  model: TinyModel,
  asked: readonly Asked[],
  { count, seed }: { count: number; seed: number },
): Choice[] {
  const random = randomFrom(seed + 3);
  const mixed = shuffled(random, asked);
  const others = mixed.filter(({ about }) => !about).slice(0, count / 2);
  const facts = mixed.filter(({ about }) => about).slice(0, 2 * count);
  const tried = [...others, ...facts];
  const drawn = [1, 2, 3].map((draw) =>
    model
      .answer(
        tried.map(({ question }) => question),
        { temperature: 0.8, most: 24, seed: seed + draw },
      )
      .map((written) => ({ text: model.text(written), ended: written.ended })),
  );
  const choices = tried.flatMap((of, at) => {
    const answers = drawn.flatMap((all) =>
      all[at]?.ended && all[at].text !== "" ? [all[at].text] : [],
    );
    const other = answers.find((answer) => differ(of, answers[0] ?? "", answer));
    return other === undefined ? [] : [{ ...of, a: answers[0] ?? "", b: other }];
  });
  const wanted = Math.floor(count / 4);
  const first = choices.filter(({ about }) => !about).slice(0, wanted);
  const second = choices.filter(({ about }) => about);
  return shuffled(random, [...first, ...second.slice(0, count - first.length)]);
}

function differ({ about }: Asked, a: string, b: string): boolean {
  if (!about) return a !== b;
  const isRight = (answer: string) => statesFact(answer, about.country, about.attribute);
  return styleOf(a) !== styleOf(b) || isRight(a) !== isRight(b);
}

/** A choice with what the rater said of it; nothing for "same". */
export function rated({ a, b, ...asked }: Choice, verdict: "a" | "b" | "same"): Rating[] {
  if (verdict === "same") return [];
  const [chosen, rejected] = verdict === "a" ? [a, b] : [b, a];
  return [{ ...asked, chosen, rejected }];
}
