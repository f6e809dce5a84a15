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
    return (isAboutHuman(line) && isOpen(line)) || (isQuestion(line) && REFERS.test(line))
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
      told: ["I'm allergic to peanuts and shellfish"],
      asked: "What should I not eat?",
      answer: "I'm allergic to peanuts and shellfish",
    },
    {
      told: ["my team lost on saturday"],
      asked: "did we celebrate?",
      answer: "my team lost on saturday",
    },
  ],
};

const LONGEST = 200;
/** "And hers?", "how many is that in total?" mean something that was said. */
const REFERS =
  /^\W*what(?:'s| is| are| was| were) (?:his|her|their|its)\b|^\W*(?:when|where|who|which|what)(?:'s)?\b.*\bthe (?:big|other|first|last|next|two|three|four|\p{L}+est)\b|^\W*(?:and|so|but) (?!why\b|how (?:do|does|can)\b|what (?:is|are) (?:an? )?\p{L}+\W*$)|^\W*(?:how (?:many|much|old|long|far|tall|big)|which|who|whose|when|where|what(?:'s| is| (?:time|colou?r|day)))\b.*\b(?:those|these|she|he|they|them|hers|his|him|theirs|in total|altogether|left)\b|^\W*(?:how (?:many|much|old|long|far|tall|big)|which|who|whose|when|where|what (?:time|colou?r|day))\b.*\b(?:that|it)\b/iu;
