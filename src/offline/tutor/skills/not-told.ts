import { asksToTell } from "../memory/lines.ts";
import { isAboutHuman } from "../memory/question.ts";
import { admit } from "../memory/related.ts";
import type { Skill } from "../skill.ts";

/** Says that nothing was told, for a question about the human to which no message is related. */
export const notTold: Skill = {
  name: "what was not told",
  answer: ({ line, conversation }) =>
    asksToTell(line) && isAboutHuman(line) ? admit(line, [], conversation) : undefined,
  examples: [
    {
      asked: "What is my name?",
      answer: "I don't know what your name is. Nothing in the messages that I was sent says it.",
    },
    { told: ["I like tea."], asked: "When is my birthday?", answer: "I don't know." },
  ],
};
