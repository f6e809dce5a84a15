import { type Passage, wholeText } from "../../../handbook/passages.ts";
import { stemOf } from "../../../language/stems.ts";
import { isStopword, wordsOf } from "../../../language/words.ts";
import { findTopic } from "../../topics.ts";
import { passageOf } from "./handbook-answers.ts";

/** The words of a question that say what it is about. */
export const tellingWords = (line: string) =>
  wordsOf(line).filter((word) => !isStopword(word) && !ASKING.has(word));

const ASKING = new Set(
  `explain tell describe understand difference between mean means use used using need work works thing things good best better make
  example know want try get give does something anything show small simple short quick could please help question answer many`.split(
    /\s+/,
  ),
);

/** The passage that a run of words of the question names, the longest first. */
export function passageIn(line: string): Passage | undefined {
  const words = line
    .replace(/[?!.,;:"“”'’]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  for (let length = Math.min(4, words.length); length > 0; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      const run = words.slice(at, at + length).join(" ");
      const ends = [words[at], words[at + length - 1]].map((word) => (word ?? "").toLowerCase());
      if (ends.some((word) => isStopword(word) && word !== "k")) continue;
      if (
        length === 1 &&
        (run.length < 3 || isStopword(run.toLowerCase()) || COMMON.has(run.toLowerCase()))
      )
        continue;
      const passage = passageOf(run);
      if (passage) return passage;
    }
  }
  return undefined;
}

/** "How many sessions are left?" is about what was told. */
export const ASKS_FOR_REST =
  /\bhow (?:many|much|long|often)\b.*\b(?:left|remain(?:s|ing)?|to go|so far|altogether|in total)\b/i;

/** Names of passages that are everyday words as well. */
const COMMON = new Set(
  "price vector thread threads tool tools bias seed seeds recall backup deletion precision evaluation window stop loss filter test parameter parameters weights".split(
    " ",
  ),
);

/** The share of a question's words that a passage has, each counted by its length. */
export function shareIn(words: string[], passage: Passage): number {
  const there = new Set(wordsOf(wholeText(passage)).map(stemOf));
  const sum = (all: string[]) => all.reduce((length, word) => length + word.length, 0);
  return sum(words.filter((word) => there.has(stemOf(word)))) / Math.max(1, sum(words));
}

/** Whether a passage has most of what a question speaks of. */
export const isOfCourse = (words: string[], passage: Passage) =>
  words.length > 0 && shareIn(words, passage) >= 0.5;

/** Words that nobody uses of anything else. */
export const OF_COURSE =
  /\b(?:(?:chat)?bots?|(?:language|chat) models?|the model|llms?|(?:system )?prompts?|retriev(?:al|ers?)|chunks?|embeddings?|vectors?|tokens?|context window|rag|hallucinat\w*|langchain|agents?|json|fine-tun\w*|passages?|repl(?:y|ies)|api)\b/i;

/**
 * Whether a passage may answer a question, as far as that asks what to do: what is to be done about
 * a thing does not stand where the thing is explained, unless words and meaning agree on the place.
 */
export function saysWhatToDo(passage: Passage, line: string): boolean {
  if (!ASKS_WHAT_TO_DO.test(line)) return true;
  const { how, passages } = findTopic(line);
  return how !== "unknown" && passages[0] === passage;
}

const ASKS_WHAT_TO_DO =
  /^\W*(?:how (?:do|can|could|should|would) (?:i|we|you)|what (?:can|should|do|could) (?:i|we) do|what helps)\b/i;
