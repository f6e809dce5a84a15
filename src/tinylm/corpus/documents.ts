/**
 * The pre-training text: about 45 % prose about countries, 23 % quiz lists, 17 % tales, 9 %
 * dialogues and 6 % exams. In a quiz list a question is followed by a question, never by its
 * answer. From this the base model learns what follows a question, and that is why it must be tuned
 * before it answers. In an exam, questions marked "Q:" are answered: whoever writes so gets an
 * answer even of a base model.
 */

import { between, deck, pick, type Random, shuffled, weighted } from "../random.ts";
import { makeDialogue } from "./dialogues.ts";
import { ATTRIBUTES, allFacts, COUNTRIES, type Fact } from "./facts.ts";
import { HELD_OUT_QUIZ_STARTS, taughtFacts } from "./held-out.ts";
import { QUESTIONS, question, STATEMENTS, statement, VALUE_LAST } from "./phrasings.ts";
import { makeTale } from "./tales.ts";

export interface DocumentsOptions {
  random: Random;
  count?: number;
  /** how many of the statement phrasings to use, 1 to 6; with 1 every fact is stated value first */
  phrasings?: number;
}

export function makeDocuments({ random, count = 6000, phrasings = 6 }: DocumentsOptions): string[] {
  const prose = proseWriter(random, phrasings);
  const quiz = quizWriter(random);
  const exam = examWriter(random, phrasings);
  return Array.from({ length: count }, () => {
    const write = weighted(random, [
      [prose, 45],
      [quiz, 23],
      [() => makeTale(random), 17],
      [() => makeDialogue(random), 9],
      [exam, 6],
    ]);
    return write();
  });
}

/**
 * Three to six facts about one country or two. Decks see to it that each fact gets each phrasing.
 */
function proseWriter(random: Random, phrasings: number): () => string {
  const numbers = Array.from(STATEMENTS.capital.keys()).slice(0, phrasings);
  const decks = new Map(allFacts().map((fact) => [keyOf(fact), deck(random, numbers)]));
  const nextCountry = deck(random, COUNTRIES);
  const state = (fact: Fact) => statement(fact, decks.get(keyOf(fact))!());

  const aboutOne = (country: string) =>
    someFacts(random, country, between(random, 3, 5)).map(state);
  const aboutTwo = (one: string, two: string) =>
    someFacts(random, one, random() < 0.7 ? 2 : 3).flatMap((fact) => [
      state(fact),
      state({ ...fact, country: two }),
    ]);

  return () => {
    const one = nextCountry().name;
    if (random() < 0.65) return aboutOne(one).join(" ");
    const two = nextCountry().name;
    return (one === two ? aboutOne(one) : aboutTwo(one, two)).join(" ");
  };
}

function someFacts(random: Random, country: string, count: number): Fact[] {
  const attributes = shuffled(random, ATTRIBUTES).slice(0, count);
  return attributes.map((attribute) => ({ country, attribute }));
}

const HEADINGS = ["Quiz", "Questions", "A short test", "Who knows?"];

/** Four to six questions, one a line: of all kinds, of one kind, or about one country. */
function quizWriter(random: Random): () => string {
  const nextCountry = deck(random, COUNTRIES);
  const nextFact = deck(random, allFacts());

  const mixed = () => nextFact;
  const ofOneKind = (): (() => Fact) => {
    const attribute = pick(random, ATTRIBUTES);
    return () => ({ country: nextCountry().name, attribute });
  };
  const aboutOneCountry = (): (() => Fact) => {
    const country = nextCountry().name;
    const nextAttribute = deck(random, ATTRIBUTES);
    return () => ({ country, attribute: nextAttribute() });
  };

  return () => {
    const topic = weighted(random, [
      [mixed, 5],
      [ofOneKind, 3],
      [aboutOneCountry, 2],
    ]);
    const nextOnTopic = topic();
    const lines = new Set<string>();
    const length = between(random, 4, 6);
    while (lines.size < length) lines.add(ask(random, nextOnTopic()));
    const heading = random() < 0.12 ? [pick(random, HEADINGS)] : [];
    return [...heading, ...lines].join("\n");
  };
}

/**
 * Two questions with their answers; only about facts that tuning teaches too, so that the others
 * stay held out.
 */
function examWriter(random: Random, phrasings: number): () => string {
  const nextFact = deck(random, taughtFacts());
  const phrasing = Math.min(VALUE_LAST, phrasings - 1);
  return () =>
    [nextFact(), nextFact()]
      .map((fact) => `Q: ${ask(random, fact)}\nA: ${statement(fact, phrasing)}`)
      .join("\n");
}

function ask(random: Random, fact: Fact): string {
  for (;;) {
    const asked = question(fact, between(random, 0, QUESTIONS[fact.attribute].length - 1));
    if (!HELD_OUT_QUIZ_STARTS.includes(asked)) return asked;
  }
}

function keyOf({ country, attribute }: Fact): string {
  return `${country} ${attribute}`;
}
