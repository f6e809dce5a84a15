import { definitions } from "../tutor/glossary.ts";
import { encyclopediaEntries } from "../tutor/tasks/encyclopedia.ts";

const CAPITALS: [country: string, capital: string][] = [
  ["France", "Paris"],
  ["Italy", "Rome"],
  ["Spain", "Madrid"],
  ["Germany", "Berlin"],
  ["Portugal", "Lisbon"],
  ["Greece", "Athens"],
  ["Norway", "Oslo"],
  ["Sweden", "Stockholm"],
  ["Finland", "Helsinki"],
  ["Poland", "Warsaw"],
  ["Austria", "Vienna"],
  ["Hungary", "Budapest"],
  ["Ireland", "Dublin"],
  ["Japan", "Tokyo"],
  ["Kenya", "Nairobi"],
  ["Peru", "Lima"],
  ["Chile", "Santiago"],
  ["Cuba", "Havana"],
  ["Egypt", "Cairo"],
  ["Canada", "Ottawa"],
];

const TALES = [
  "Once upon a time there was a king who had a golden clock. Every night the clock stood still, and nobody knew why.",
  "Once upon a time there was a girl who lived by the sea. Every morning she went down to the harbour and asked the wind for news.",
  "Once upon a time there was a fox who could not sleep. He went to the old owl, and the owl said: count the stars, and begin again when you lose one.",
];

/** What a base model has read: quiz lists, definitions, short facts and tales, as they stand in books and on the web. */
export function corpus(): string {
  const quizzes = [0, 5, 10, 15].map((from) =>
    CAPITALS.slice(from, from + 5)
      .flatMap(([country]) => [
        `What is the capital of ${country}?`,
        `What is ${country}'s largest city?`,
      ])
      .join("\n"),
  );
  const facts = CAPITALS.map(([country, capital]) => `${capital} is the capital of ${country}.`);
  const exam = CAPITALS.map(
    ([country, capital]) => `Q: What is the capital of ${country}?\nA: ${capital}\n`,
  );
  return [
    ...quizzes,
    facts.join(" "),
    exam.join("\n"),
    ...definitions(),
    ...encyclopediaEntries(),
    ...TALES,
  ].join("\n\n");
}
