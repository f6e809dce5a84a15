import { asksToTell } from "../memory/lines.ts";
import { recallFact } from "../memory/recall.ts";
import type { Skill } from "../skill.ts";

/** Answers from what the human told in the messages. */
export const recall: Skill = {
  name: "what was told",
  answer: ({ line, conversation }) =>
    asksToTell(line) ? recallFact(line, conversation) : undefined,
  examples: [
    { told: ["Hi, my name is Ada."], asked: "What is my name?", answer: "Your name is Ada." },
    { told: ["I have a cat called Tom"], asked: "Is my cat called Tom?", answer: "Yes." },
    {
      told: ["My cat is called Pixel.", "sorry, her name is Pixie, not Pixel"],
      asked: "What is my cat called?",
      answer: "Your cat is called Pixie.",
    },
    {
      told: ["We'll visit Osaka in May.", "we changed Osaka to Nara"],
      asked: "Where will we visit?",
      answer: "You will visit Nara in May.",
    },
    {
      told: ["Our exam is on Tuesday.", "they moved the exam to friday"],
      asked: "When is our exam?",
      answer: "Your exam is on friday.",
    },
    {
      told: ["My supervisor is Dr. Hahn.", "Dr. Hahn retired, so Dr. Osei took over."],
      asked: "Who is my supervisor?",
      answer: '"My supervisor is Dr. Hahn.", "Dr. Hahn retired, so Dr. Osei took over."',
    },
    {
      told: ["I don't like olives, but my brother loves them."],
      asked: "Who loves olives?",
      answer: "Your brother loves olives.",
    },
    { told: ["i told you my name is kim right?"], asked: "what's my name", answer: "kim" },
    { told: ["I'm Marco, a barista from Turin"], asked: "Where am I from?", answer: "Turin" },
  ],
};
