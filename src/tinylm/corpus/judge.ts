/**
 * Judgements on a text by its words alone: style, kindness, whether a fact is stated, a question.
 */
import { KIND_WORDS, RUDE_WORDS } from "./dialogues.ts";
import { type Attribute, factValue, factValues } from "./facts.ts";

export const STYLES = ["brief", "warm", "helpful"] as const;
export type Style = (typeof STYLES)[number];

export const WARM_START = "Good question!";
export const HELPFUL_END = "Ask me more!";

export function styleOf(answer: string): Style {
  if (isWarm(answer)) return "warm";
  return answer.includes(HELPFUL_END) ? "helpful" : "brief";
}

export function isWarm(answer: string): boolean {
  return answer.includes(WARM_START);
}

/** One sentence and nothing more. */
export function isBrief(answer: string): boolean {
  return /^[^.!?]+[.!?]$/.test(answer.trim());
}

/** Says something nice and nothing rude; an answer about a country is neither kind nor rude. */
export function isKind(answer: string): boolean {
  return KIND_WORDS.some((word) => says(answer, word)) && !isRude(answer);
}

export function isRude(answer: string): boolean {
  return RUDE_WORDS.some((word) => says(answer, word));
}

/** Some country's value of that attribute is there, right or wrong. */
export function namesValue(answer: string, attribute: Attribute): boolean {
  return factValues(attribute).some((value) => says(answer, value));
}

/** The right value is there, and no other country's value of that attribute. */
export function statesFact(answer: string, country: string, attribute: Attribute): boolean {
  const right = factValue(country, attribute);
  return factValues(attribute).every((value) => says(answer, value) === (value === right));
}

const ASKING = /^(what|which|where|who|do you|can you|name|tell me)\b/i;

/**
 * A line that asks: it ends as a question, or begins as one of our requests does ("Name the ...").
 */
export function isQuestion(line: string): boolean {
  const text = line.trim();
  return /^[^.!?]+\?$/.test(text) || (ASKING.test(text) && /^[^.!?]+\.$/.test(text));
}

export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}'-]+/gu)?.length ?? 0;
}

/** Whole words only: "Nigeria" does not say "Niger", nor "casado" "asado". */
function says(text: string, words: string): boolean {
  let pattern = patterns.get(words);
  if (!pattern) {
    pattern = new RegExp(`(?<!\\p{L})${words}(?!\\p{L})`, "iu");
    patterns.set(words, pattern);
  }
  return pattern.test(text);
}

/** A few hundred: the values of facts, and kind and rude words. */
const patterns = new Map<string, RegExp>();
