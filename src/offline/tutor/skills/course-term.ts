import {
  ASKS_FOR_REST,
  isOfCourse,
  passageIn,
  saysWhatToDo,
  tellingWords,
} from "../knowledge/course-terms.ts";
import { passageOf, quotePassage } from "../knowledge/handbook-answers.ts";
import { isQuestion } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { namesTold, tellsAnything } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/**
 * Answers a question that names a term of the course and nothing of the human's, from that term's
 * passage.
 */
export const courseTerm: Skill = {
  name: "a term of the course",
  answer({ line, conversation }) {
    if (line.length > LONGEST || !isQuestion(line) || isAboutHuman(line)) return undefined;
    if (/\b(?:did|have) (?:i|we)\b/i.test(line)) return undefined;
    if (ASKS_FOR_REST.test(line) && tellsAnything(conversation)) return undefined;
    const named = CLASS.exec(line)?.[0];
    const ofClass = named === undefined ? undefined : passageOf(named);
    if (ofClass) return quotePassage(ofClass, tellingWords(line));
    const passage = passageIn(line);
    if (!passage || !isOfCourse(tellingWords(line), passage)) return undefined;
    if (!saysWhatToDo(passage, line)) return undefined;
    return namesTold(line, conversation) ? undefined : quotePassage(passage, tellingWords(line));
  },
  examples: [
    {
      told: ["I'd like to learn about memory in LangChain."],
      asked: "What kinds of memory are there?",
      answer: '(From the handbook: "Memory".)',
    },
    { asked: "which embedding should I use?", answer: "(From the handbook:" },
  ],
};

const LONGEST = 300;
/** A name such as ConversationBufferWindowMemory. */
const CLASS = /\b\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)+\b/u;
