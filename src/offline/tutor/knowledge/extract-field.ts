import { sentencesOf } from "../../../language/sentences.ts";
import { stemOf } from "../../../language/stems.ts";
import { isStopword, wordsOf } from "../../../language/words.ts";
import type { Field } from "../skill.ts";

/**
 * The value of a described field as a text has it: a number beside the words of the description,
 * true where the text speaks of the matter and does not deny it, the sentences that share most with
 * the description.
 */
export function extract(text: string, { type, description = "" }: Field): unknown {
  const wanted = stemsOf(description);
  const ranked = sentencesOf(text)
    .map((sentence) => ({
      sentence,
      shared: stemsOf(sentence).filter((stem) => wanted.includes(stem)).length,
    }))
    .sort((one, other) => other.shared - one.shared);
  const [best] = ranked;
  if (type === "boolean")
    return (
      best !== undefined &&
      best.shared > 0 &&
      !/\b(?:no|not|never|n't|neither)\b/i.test(best.sentence)
    );
  if (type === "number" || type === "integer") return numberIn(text, wanted) ?? -1;
  const found = ranked.filter(({ shared }) => shared > 0).map(({ sentence }) => sentence);
  return type === "array" ? found : (found[0] ?? "");
}

/** The number that stands nearest before or after one of the wanted words. */
function numberIn(text: string, wanted: string[]): number | undefined {
  const words = text.match(/[\p{L}\p{N}'.,]+/gu) ?? [];
  const numbers = words.flatMap((word, at) => {
    const value = figureOf(word);
    return value === undefined ? [] : [{ value, at }];
  });
  const places = words.flatMap((word, at) =>
    stemsOf(word).some((stem) => wanted.includes(stem)) ? [at] : [],
  );
  const far = (at: number) => Math.min(...places.map((place) => Math.abs(place - at)));
  const [nearest] = numbers
    .filter(({ at }) => far(at) <= 3)
    .sort((one, other) => far(one.at) - far(other.at));
  return nearest?.value;
}

const WORDS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

function figureOf(word: string): number | undefined {
  const named = WORDS.indexOf(word.toLowerCase());
  if (named >= 0) return named;
  const figure = Number(word.replace(/[.,]+$/, ""));
  return word !== "" && Number.isFinite(figure) ? figure : undefined;
}

/** Words with which a description speaks of the text rather than of its matter. */
const DESCRIBING = new Set(
  `many true false else someone sentence sentences text review list says said know known unknown number item product
  include includes whether`.split(/\s+/),
);

function stemsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopword(word) && !DESCRIBING.has(word))
    .map((word) => SAME[word] ?? stemOf(word));
}

/** Words for the same matter. */
const SAME: Record<string, string> = {
  present: "gift",
  presents: "gift",
  birthday: "gift",
  anniversary: "gift",
  wife: "gift",
  husband: "gift",
  arrived: "deliver",
  arrive: "deliver",
  came: "deliver",
  delivery: "deliver",
  delivered: "deliver",
  shipping: "deliver",
  day: "day",
  days: "day",
  expensive: "price",
  cheap: "price",
  cheaper: "price",
  cost: "price",
  costs: "price",
  money: "price",
  worth: "price",
  value: "price",
  priced: "price",
};
