/**
 * What training must not see, fixed here by rule and by list, not by chance.
 *
 * A held-out fact stands in the pre-training text like any other, but no question/answer pair of
 * fine-tuning is about it: a tuned model that answers it can only have it from pre-training.
 * A held-out opening stands in no training text at all.
 */
import { ATTRIBUTES, type Attribute, allFacts, COUNTRIES, type Fact } from "./facts.ts";
import { QUESTIONS, question } from "./phrasings.ts";

const HELD_OUT_PER_ATTRIBUTE = 20;

/** 7 and 48 have no common factor, so each attribute holds out 20 countries from all continents. */
export function isHeldOut(country: string, attribute: Attribute): boolean {
  const at = COUNTRIES.findIndex(({ name }) => name === country);
  const rotation = ATTRIBUTES.indexOf(attribute) * 10;
  return at >= 0 && (at * 7 + rotation) % COUNTRIES.length < HELD_OUT_PER_ATTRIBUTE;
}

export function heldOutFacts(): Fact[] {
  return allFacts().filter(({ country, attribute }) => isHeldOut(country, attribute));
}

export function taughtFacts(): Fact[] {
  return allFacts().filter(({ country, attribute }) => !isHeldOut(country, attribute));
}

/** Questions about held-out facts, every fifth, in all phrasings: in no document and in no pair. */
export const HELD_OUT_QUIZ_STARTS: readonly string[] = ATTRIBUTES.flatMap((attribute, a) =>
  heldOutFacts()
    .filter((fact) => fact.attribute === attribute)
    .filter((_, at) => at % 5 === 0)
    .map((fact, at) => question(fact, (at + a) % QUESTIONS[attribute].length)),
);

/** Built from the words of `tales.ts`, which redraws a tale that would begin so. */
export const HELD_OUT_TALE_OPENINGS: readonly string[] = [
  "Once upon a time there was a little fox named Mia.",
  "Once upon a time there was a brave mouse named Leo.",
  "Once upon a time there was a young bear named Rosa.",
  "Once upon a time there was a clever cat named Tom.",
  "Once upon a time there was a small dog named Nora.",
  "Once upon a time there was a happy duck named Ben.",
  "There was once a little rabbit named Anna.",
  "There was once a brave hen named Lily.",
  "There was once a young horse named Max.",
  "There was once a clever frog named Paul.",
];

/** Known from tales and dialogues, but no pair asks what the model thinks of them. */
export const HELD_OUT_PEOPLE: readonly string[] = ["Rosa", "Paul", "Emma", "Max"];
