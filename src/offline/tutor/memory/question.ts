import { stemOf } from "../../language/stems.ts";
import { wordsOf } from "../../language/words.ts";
import { contentStems } from "./meanings.ts";

export const asksForName = (asked: string) => /\bnames?\b|\bnamed\b|\bcall(?:ed)?\b/i.test(asked);

export function asksForOwnName(asked: string): boolean {
  return /\bmy (?:full |first |own )?names?\b|\bwho (?:am i|i am)\b|\bwhat (?:am i|i am|i'm|im) called\b|\bwhat (?:should|do|can) you call me\b|\bwhat do (?:people|they|my friends) call me\b|\bam i called\b/i.test(
    asked,
  );
}

export function asksForOrigin(asked: string): boolean {
  return /\b(?:where|which (?:city|country|town|place)|what (?:city|country|town|place))\b.*\b(?:am i|do i come|i am|i'm|i come|are we|do we come)\b.*\bfrom\b/i.test(
    asked,
  );
}

export function asksForJob(asked: string): boolean {
  return /\bmy (?:job|profession|occupation|work|career|trade)\b|\bdo for (?:a|my) living\b|\bwhat do i (?:do|work as|work)\b|\bwhat i do\b|\bwhere do i work\b|\bwhat (?:is|was) it (?:that )?i do\b|\bwhat (?:kind of )?work do i\b|\bwho do i work for\b/i.test(
    asked,
  );
}

/** The part of a question that says what it is about. */
export function subjectOf(asked: string): string {
  return asked
    .replace(/^(?:so|and|but|ok|okay|now|please|hey|hi|hello)[\s,]+/i, "")
    .replace(
      /\b(?:do|can|could|would) you (?:still |please |maybe )?(?:remember|know|recall|tell me|remind me|say)\b/i,
      "",
    )
    .replace(
      /\b(?:did|have) i (?:already )?(?:say|said|tell you|told you|mention(?:ed)?)\b(?: that)?/i,
      "",
    )
    .replace(/\bi (?:said|told you|mentioned)\b/i, "")
    .replace(/\be-?mail address\b/i, "email")
    .replace(/\b(?:tele)?phone number\b/i, "phone");
}

export const isYesNo = (asked: string) =>
  /^(?:is|are|am|was|were|do|does|did|have|has)\b(?! you (?:remember|know|recall))/i.test(asked);

/** In "is my dog called Rex?" Rex may turn out to be wrong; in "am I allergic to nuts?" so may nuts. */
export function isValue(stem: string, asked: string): boolean {
  const last = wordsOf(asked).map(stemOf).at(-1);
  return stem === last && contentStems(asked).length > 1;
}

export function isAboutHuman(asked: string): boolean {
  if (/^how (?:do|can|could|should|would|might) (?:i|we|you)\b/i.test(asked)) return false;
  return /(?<![\p{L}'])(?:my|i|i'm|me|mine|we|our|us)(?![\p{L}])/iu.test(
    subjectOf(asked).replace(
      /\b(?:tell|remind|give|show|write|make|send|sing|read|teach|help|let|explain to) me\b/gi,
      "",
    ),
  );
}
