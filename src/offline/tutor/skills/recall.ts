import { isQuestion, isRequest } from "../memory/facts.ts";
import { recallFact } from "../memory/recall.ts";
import type { Skill } from "../skill.ts";

/** Answers from what the human told in the messages. */
export const recall: Skill = {
  name: "what was told",
  answer: ({ line, conversation }) =>
    isQuestion(line) || isRequest(line) ? recallFact(line, conversation) : undefined,
  examples: [
    { told: ["Hi, my name is Ada."], asked: "What is my name?", answer: "Your name is Ada." },
    { told: ["I have a cat called Tom"], asked: "Is my cat called Tom?", answer: "Yes." },
    { asked: "What is my name?", answer: "I don't know" },
  ],
};
