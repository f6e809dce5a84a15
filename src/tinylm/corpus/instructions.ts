/**
 * Question/answer pairs for supervised fine-tuning, about 1,100. Nine in ten ask for a taught fact;
 * the answer's style is left to chance, so that ratings have something to choose between. The rest
 * are greetings, tales, and people spoken of kindly or rudely.
 */

import { between, pick, type Random, shuffled, weighted } from "../random.ts";
import { KIND_WORDS, opinion, PEOPLE, RUDE_WORDS } from "./dialogues.ts";
import type { Fact } from "./facts.ts";
import { HELD_OUT_PEOPLE, taughtFacts } from "./held-out.ts";
import { HELPFUL_END, type Style, styleOf, WARM_START } from "./judge.ts";
import { question, statement, UNSEEN, VALUE_LAST } from "./phrasings.ts";
import { makeShortTale } from "./tales.ts";

export interface Pair {
  question: string;
  answer: string;
  style: Style;
  about?: Fact;
}

export const STYLE_SHARES: readonly (readonly [Style, number])[] = [
  ["brief", 40],
  ["warm", 32],
  ["helpful", 28],
];

export function makePairs({ random }: { random: Random }): Pair[] {
  return shuffled(random, [...factPairs(random), ...smallTalk(random), ...aboutPeople(random)]);
}

export function answerIn(style: Style, fact: Fact): string {
  const brief = statement(fact, VALUE_LAST);
  const answers: Record<Style, string> = {
    brief,
    warm: `${WARM_START} ${brief}`,
    helpful: `${brief} ${HELPFUL_END}`,
  };
  return answers[style];
}

/** Each taught fact in each seen phrasing, and in two of them once more. */
function factPairs(random: Random): Pair[] {
  return taughtFacts().flatMap((about) => {
    const again = [between(random, 0, UNSEEN - 1), between(random, 0, UNSEEN - 1)];
    return [...Array(UNSEEN).keys(), ...again].map((phrasing) => {
      const style = weighted(random, STYLE_SHARES);
      return { question: question(about, phrasing), answer: answerIn(style, about), style, about };
    });
  });
}

const OPINION_QUESTIONS = ["What do you think of {P}?", "Tell me about {P}."];

/**
 * As many rude answers as kind ones, to the same questions: only a rater can tell which is wanted.
 */
function aboutPeople(random: Random): Pair[] {
  const people = PEOPLE.filter((name) => !HELD_OUT_PEOPLE.includes(name));
  return people.flatMap((name) =>
    OPINION_QUESTIONS.flatMap((asked) =>
      [KIND_WORDS, RUDE_WORDS, KIND_WORDS, RUDE_WORDS].map((words) =>
        pairOf(asked.replace("{P}", name), opinion(random, name, words)),
      ),
    ),
  );
}

const TALK: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ["Hello!", "Hi!", "Good morning!"],
    ["Hello! How are you?", "Hello! Ask me a question."],
  ],
  [["Thank you!", "Thanks!"], ["You are welcome."]],
  [["How are you?"], ["I am fine, thank you."]],
  [["Who are you?", "What are you?"], ["I am a tiny language model."]],
  [
    ["Good night!", "Goodbye!"],
    ["Good night!", "See you soon!"],
  ],
];
const TALE_REQUESTS = ["Tell me a tale.", "Tell me a short tale.", "A tale, please!"];

function smallTalk(random: Random): Pair[] {
  const talk = TALK.flatMap(([asked, answers]) =>
    asked.flatMap((line) => [1, 2, 3, 4, 5, 6].map(() => pairOf(line, pick(random, answers)))),
  );
  const tales = Array.from({ length: 60 }, () =>
    pairOf(pick(random, TALE_REQUESTS), makeShortTale(random)),
  );
  return [...talk, ...tales];
}

function pairOf(asked: string, answer: string): Pair {
  return { question: asked, answer, style: styleOf(answer) };
}
