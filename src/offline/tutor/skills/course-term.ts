import { isOfCourse, passageIn, tellingWords } from "../knowledge/course-terms.ts";
import { quotePassage } from "../knowledge/handbook-answers.ts";
import { isQuestion } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { namesTold } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/** Answers a question that names a term of the course and nothing of the human's, from that term's passage. */
export const courseTerm: Skill = {
  name: "a term of the course",
  answer({ line, conversation }) {
    if (line.length > LONGEST || !isQuestion(line) || isAboutHuman(line)) return undefined;
    if (/\b(?:did|have) (?:i|we)\b/i.test(line)) return undefined;
    const passage = passageIn(line);
    if (!passage || !isOfCourse(tellingWords(line), passage)) return undefined;
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
