import { asksToTell, isQuestion } from "../memory/lines.ts";
import { isAboutHuman, isOpen } from "../memory/question.ts";
import { admit, lastTold, relatedTo, tellsAnything } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/** Quotes what was told for a question that nothing else has answered, and that may be about it. */
export const looselyRelated: Skill = {
  name: "what was told, in other words",
  answer({ line, conversation }) {
    if (line.length > LONGEST || !asksToTell(line) || !tellsAnything(conversation))
      return undefined;
    const related = isQuestion(line) ? relatedTo(line, conversation) : [];
    if (related.length > 0) return admit(line, related, conversation);
    return isAboutHuman(line) && isOpen(line)
      ? admit(line, lastTold(conversation), conversation)
      : undefined;
  },
  examples: [
    {
      told: ["farida's on the night shift and jonas covers sunday"],
      asked: "whos working sunday",
      answer: "jonas covers sunday",
    },
    {
      told: ["my team lost on saturday"],
      asked: "did we celebrate?",
      answer: "my team lost on saturday",
    },
  ],
};

const LONGEST = 200;
