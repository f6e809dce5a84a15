import { sentencesOf } from "../../../language/sentences.ts";
import type { Conversation } from "./conversation.ts";
import { factsOfHuman } from "./facts.ts";
import { isPleasantry, isQuestion } from "./lines.ts";
import { spelt } from "./spelling.ts";

/**
 * The messages that go on with `text`, one after the other, such as "and horses!" or "oops, I meant
 * 17"; to be quoted with it, also those that only speak of it, such as "It ends at 5".
 */
export function continuationsOf(
  text: string,
  { turns }: Conversation,
  { quoted = false } = {},
): string[] {
  const said = turns.filter(({ speaker }) => speaker === "human").map((turn) => turn.text);
  const at = said.lastIndexOf(text);
  if (at < 0) return [];
  const after = said.slice(at + 1);
  const end = after.findIndex((one) => !continues(one) && !(quoted && SPEAKS_OF_IT.test(one)));
  return end < 0 ? after : after.slice(0, end);
}

/** Whether a message goes on within itself: "Our office is in Ulm. Wait, no, in Bonn." */
export const continuesItself = (text: string): string[] =>
  sentencesOf(spelt(text.slice(0, LONGEST)))
    .slice(1)
    .filter(continues);

/** Whether a line means nothing without the one before it. */
function continues(line: string): boolean {
  const text = spelt(line.trim());
  if (text.length > LONGEST || isQuestion(text) || isPleasantry(text)) return false;
  const rest = text.replace(LEAD, "");
  if ([AMENDS, ELLIPSIS, OF_THEM].some((pattern) => pattern.test(rest))) return true;
  const isShort = rest.split(/\s+/).length <= (rest === text ? MOST_WORDS : 2 * MOST_WORDS);
  return rest !== "" && isShort && factsOfHuman(rest).length === 0;
}

const LONGEST = 300;
/**
 * Of a line without a lead; "blue with dots" goes on, a sentence that is not understood may not.
 */
const MOST_WORDS = 4;

const LEAD =
  /^(?:\W*(?:and|also|plus|oh|ah|uh|hm+|oops|sorry|sry|soz|actually|no|nope|nah|wait|hang on|well|or|but|then|yes|yeah|yep|besides)(?![\p{L}'’])[\s,.!:;–-]*)+/iu;
/** "Since last year I do, with milk": a verb that stands for one before it. */
const ELLIPSIS =
  /\b(?:i|we|he|she|they) (?:do|does|did|am|is|are|can|could|will|would|have|has)(?:n['’]t| not)?(?: (?:now|again|too|though|either))?(?:[,.!;]|$)/i;
const SPEAKS_OF_IT =
  /^(?:and |but |so |then |now )*(?:it|they|he|she|this|that|its|it['’]s|his|her|their|these|those|so far)\b[^?]*$/i;
/** "I've done four of them." */
const OF_THEM = /\b(?:\p{L}+|\d+) of (?:them|it|those|these)\b/iu;
/** Commands to a list, and words that put something in the place of what was said. */
const AMENDS =
  /^(?:(?:i|we) (?:meant?|ment)\b|make (?:it|that)\b|(?:please |just )?(?:add|take|remove|cross|drop|scratch|delete|leave|forget|skip|strike|put|count|include|exclude)\b|not (?:any ?more|since|now)\b|no longer\b|without\b|except\b|the other way\b|one more\b|another\b)/i;
