import type { Skill } from "../skill.ts";

/** Answers questions about the tutor itself, which must not be looked up among the human's facts. */
export const aboutTutor: Skill = {
  name: "about the tutor",
  answer: ({ line }) => ANSWERS.find(([asked]) => asked.test(line))?.[1],
  examples: [
    { asked: "Who are you?", answer: "offline tutor" },
    { asked: "what can you do", answer: "do sums" },
    { asked: "How are you?", answer: "I am fine" },
  ],
};

const ANSWERS: [RegExp, string][] = [
  [
    /\bhow (?:are|r) (?:you|u)\b|\bhow(?:'s| is) it going\b|\bhow do you do\b|\bwhat'?s up\b/i,
    "I am fine, thank you. What would you like to tell or ask me?",
  ],
  [
    /\bwho are you\b|\bwhat are you\b|\bwhat(?:'s| is) your name\b|\bare you (?:a |an )?(?:human|robot|ai|real|bot)\b/i,
    "I am llm-lab's offline tutor, a small model made of rules. I know only what stands in the messages that I am sent.",
  ],
  [
    /\bwhat can you do\b|^help\b/i,
    "I remember what the messages tell me, do sums, condense a conversation, and explain the terms of this course.",
  ],
];
