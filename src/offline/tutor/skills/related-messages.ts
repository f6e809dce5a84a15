import { asksToTell } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { admit, namesTold, relatedTo } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/** Quotes the messages that may hold an answer which the tutor cannot work out. */
export const relatedMessages: Skill = {
  name: "messages that may say it",
  answer({ line, conversation }) {
    if (!asksToTell(line)) return undefined;
    if (!isAboutHuman(line) && !namesTold(line, conversation)) return undefined;
    const related = relatedTo(line, conversation);
    return related.length > 0 ? admit(line, related) : undefined;
  },
  examples: [
    {
      told: ["I have a dog called Rex"],
      asked: "How old is my dog?",
      answer:
        'I cannot work it out from what I was sent. This message may say it: "I have a dog called Rex".',
    },
  ],
};
