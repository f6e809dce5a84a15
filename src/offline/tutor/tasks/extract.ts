/** What a schema says of one field. */
export interface Field {
  type?: string;
  description?: string;
  items?: { type?: string };
}

/**
 * The value of a described field as a text has it: a number beside the words of the description, true where the text speaks
 * of the matter and does not deny it, the sentences that share most with the description.
 */
export function extract(text: string, { type, description = "" }: Field): unknown {
  const wanted = stemsOf(description);
  const sentences = text.match(/[^.!?]+[.!?]*/g)?.map((sentence) => sentence.trim()) ?? [];
  const ranked = sentences
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

const COMMON =
  /^(?:the|and|was|were|are|is|for|that|this|with|how|many|much|did|does|has|have|had|what|who|it|its|any|all|not|if|true|false|of|to|in|on|a|an|as|or|by|there|sentence|sentences|text|review|list|about|says?|said|someone|else|know|known|number|item|product)$/;

function stemsOf(text: string): string[] {
  return (text.toLowerCase().match(/\p{L}{2,}/gu) ?? [])
    .filter((word) => !COMMON.test(word))
    .map((word) => SAME[word] ?? word.replace(/(?:ing|ed|es|s|ly)$/, ""));
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
