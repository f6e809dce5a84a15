import { stemOf } from "../../../language/stems.ts";
import { conceptsIn, lexicon } from "../../embeddings/concepts.ts";
import { findTopic } from "../../topics.ts";
import {
  ASKS_FOR_REST,
  OF_COURSE,
  passageIn,
  saysWhatToDo,
  shareIn,
  tellingWords,
} from "../knowledge/course-terms.ts";
import { quotePassage } from "../knowledge/handbook-answers.ts";
import type { Conversation } from "../memory/conversation.ts";
import { isQuestion } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { tellsAnything } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/**
 * Answers questions about what the course teaches, from the passage of the handbook that is
 * nearest.
 */
export const courseQuestion: Skill = {
  name: "the course",
  answer: ({ line, conversation }) => fromHandbook(line, conversation),
  examples: [
    { asked: "why do LLMs hallucinate?", answer: '"Hallucination"' },
    { asked: "how can I make a model answer in JSON?", answer: '"Asking for a format"' },
    { asked: "how can I keep secrets out of the prompt?", answer: '"Leaking secrets"' },
  ],
};

function fromHandbook(line: string, conversation: Conversation): string | undefined {
  if (line.length > LONGEST || !asksToBeTaught(line)) return undefined;
  if (ASKS_FOR_REST.test(line) && tellsAnything(conversation)) return undefined;
  const words = tellingWords(line);
  // A term inside the question says best what it is about.
  const named = passageIn(line);
  // "My phone number" is nothing that the handbook has; "my prompt" may be.
  if (!named && isAboutHuman(line)) return undefined;
  const { how, passages } = findTopic(words.join(" "));
  const found =
    how === "unknown" || words.length < 2 || !isOfField(words) ? [] : passages.slice(0, 3);
  const [best] = [...new Set(named ? [named, ...found] : found)]
    .filter((passage) => saysWhatToDo(passage, line))
    .map((passage) => ({
      passage,
      share: shareIn(words, passage) + (passage === named ? NAMED : 0),
    }))
    .sort((a, b) => b.share - a.share);
  // Where something was told, a question that names no term is more likely to be about that.
  const isElsewhere =
    !named && (tellsAnything(conversation) || /\b(?:them|they|he|she)\b/i.test(line));
  if (isElsewhere && !OF_COURSE.test(line)) return undefined;
  if (!best || best.share < (isElsewhere ? NEARLY_ALL : ENOUGH)) return undefined;
  return quotePassage(best.passage, words);
}

/** How much of a question a passage must have, and what it counts that the question names it. */
const ENOUGH = 0.5;
const NAMED = 0.1;
const NEARLY_ALL = 0.9;
const LONGEST = 300;

/** "Can you keep a secret?" asks about the tutor. */
const ASKS_TUTOR =
  /^(?:so |and |but )?(?:can|could|will|would|do|are) you\b(?! (?:please )?(?:explain|describe|tell|say|give|show|define|teach))/i;

const asksToBeTaught = (line: string) =>
  (isQuestion(line) && !ASKS_TUTOR.test(line)) ||
  /^(?:please |can you |could you )?(?:explain|describe|tell me (?:about|how|why|what))\b/i.test(
    line,
  );

/** Whether any of the words is of the field: the handbook's examples are of everything else too. */
function isOfField(words: string[]): boolean {
  let isFound = false;
  conceptsIn(words.map(stemOf), lexicon(), (concept) => {
    if (concept < lexicon().ofField) isFound = true;
  });
  return isFound;
}
