/**
 * Small talk between two people, as a script or as prose, and what people say about each other,
 * kind or not. No word about countries: a question about one must never meet its answer.
 */
import { pick, type Random, shuffled } from "../random.ts";
import { BOYS, GIRLS } from "./tales.ts";

export const PEOPLE: readonly string[] = [...GIRLS, ...BOYS];
export const KIND_WORDS = ["kind", "clever", "friendly", "brave", "gentle"] as const;
export const RUDE_WORDS = ["silly", "lazy", "boring", "mean", "rude"] as const;

export function makeDialogue(random: Random): string {
  const [one, two, third] = shuffled(random, PEOPLE) as [string, string, string];
  const form = random();
  if (form < 0.3) return gossip(random, one, third);
  const turns = pick(random, TALKS)(random, one, two).map(
    (line, at) => [at % 2 ? two : one, line] as const,
  );
  return form < 0.6
    ? turns.map(([who, line]) => `"${line.replace(/\.$/, ",")}" said ${who}.`).join(" ")
    : turns.map(([who, line]) => `${who}: ${line}`).join("\n");
}

/** "Anna is kind and clever.", or the contrary: what tuning will have to choose between. */
export function opinion(random: Random, name: string, words: readonly string[]): string {
  const [one, two] = shuffled(random, words);
  return `${name} is ${one} and ${two}.`;
}

function gossip(random: Random, speaker: string, about: string): string {
  const words = random() < 0.5 ? KIND_WORDS : RUDE_WORDS;
  return `${speaker}: ${opinion(random, about, words)}`;
}

type Talk = (random: Random, one: string, two: string) => string[];

const GREETINGS = ["Hello", "Hi", "Good morning"];
const GAMES = ["play ball", "go for a walk", "sing a song", "bake a cake", "fly a kite"];
const WEATHERS = ["The sun is out", "It is a fine day", "It rains", "It is cold"];
const FINDS = ["hat", "book", "lamp", "ball", "bag"];

const WONDERS = ["Why do cats sleep", "Who ate the cake", "Where is the moon", "Why is it cold"];

/** Whoever asks is praised for it: words that tuning will need. */
const wonder: Talk = (random, one, two) => [
  `${pick(random, WONDERS)}, ${two}?`,
  `Good question! ${pick(random, ["I do not know", "Let us find out", "Nobody knows"])}, ${one}. Ask me more!`,
];

const TALKS: readonly Talk[] = [
  wonder,
  wonder,
  wonder,
  (random, one, two) => [
    `${pick(random, GREETINGS)}, ${two}! How are you?`,
    `I am ${pick(random, ["fine", "well", "happy", "tired"])}, ${one}. Thank you.`,
    "I am glad to see you.",
  ],
  (random, _one, two) => [
    `${pick(random, WEATHERS)}, ${two}.`,
    `Then let us ${pick(random, GAMES)}.`,
    pick(random, ["I would like that.", "Not today.", "With you, always."]),
  ],
  (random, _one, two) => {
    const find = pick(random, FINDS);
    return [
      `Have you seen my ${find}, ${two}?`,
      `Your ${find} is ${pick(random, ["on the chair", "by the door", "in the garden"])}.`,
      "Thank you so much!",
    ];
  },
  (random, one, two) => [
    `Will you ${pick(random, GAMES)} with me, ${two}?`,
    `${pick(random, ["Gladly", "Tomorrow", "Not now"])}, ${one}.`,
  ],
  (random, one, two) => [
    `Good night, ${two}.`,
    `${pick(random, ["Sleep well", "See you soon", "Good night"])}, ${one}.`,
  ],
];
