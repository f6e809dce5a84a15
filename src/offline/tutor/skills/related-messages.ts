import { asksToTell } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { admit, lastTold, namesTold, pointsBack, relatedTo } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/** Quotes the messages that may hold an answer which the tutor cannot work out. */
export const relatedMessages: Skill = {
  name: "messages that may say it",
  answer({ line, conversation }) {
    if (!asksToTell(line)) return undefined;
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
      told: ["I have a dog called Rex"],
      asked: "How old is my dog?",
      answer:
        'I cannot work it out from what I was sent. This message may say it: "I have a dog called Rex".',
    },
  ],
};
