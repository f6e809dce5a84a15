import { OF_COURSE } from "../knowledge/course-terms.ts";
import { asksToTell, isQuestion } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { admit, lastTold, namesTold, pointsBack, relatedTo } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/** Quotes the messages that may hold an answer which the tutor cannot work out. */
export const relatedMessages: Skill = {
  name: "messages that may say it",
  answer({ line, conversation }) {
    if (!asksToTell(line)) return undefined;
    // "Which LangChain memory …?" asks of the course, though LangChain was named.
    if (OF_COURSE.test(line) && !isAboutHuman(line) && isQuestion(line)) return undefined;
    const isReference = pointsBack(line, conversation);
    if (!isReference && !isAboutHuman(line) && !namesTold(line, conversation)) return undefined;
    const found = relatedTo(line, conversation);
    const related = found.length === 0 && isReference ? lastTold(conversation, 1) : found;
    return related.length > 0 ? admit(line, related, conversation) : undefined;
  },
  examples: [
    {
      told: ["I paid 30 euros for the book and 12 for the pen"],
      asked: "How much did the pen cost?",
      answer: "I cannot work it out from what I was sent.",
    },
    {
      told: ["The blue one costs 20, the red one 25"],
      asked: "Which one is cheaper?",
      answer: "The blue one costs 20, the red one 25",
    },
    {
      told: ["I have a dog called Rex"],
      asked: "How old is my dog?",
      answer:
        'I cannot work it out from what I was sent. This message may say it: "I have a dog called Rex".',
    },
  ],
};
