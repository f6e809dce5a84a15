import { answerFromPassages } from "../grounded/answer.ts";
import type { Skill } from "../skill.ts";
import { isGreeting, talkSmall } from "./smalltalk.ts";
import { foundFor } from "./use-tool.ts";

/** Answers from what the program's tools have found for the last question. */
export const toolResults: Skill = {
  name: "what tools have found",
  answer({ messages, prompt }) {
    const found = foundFor(messages);
    if (found === undefined) return undefined;
    return (
      (isGreeting(prompt) ? talkSmall(prompt) : undefined) ?? answerFromPassages(prompt, found)
    );
  },
  examples: [
    {
      asked: "How much is a loaf of rye?",
      after: [{ role: "tool", content: "Source: prices.md\nA loaf of rye costs 4.20 euros." }],
      answer: 'From prices.md: "A loaf of rye costs 4.20 euros."',
    },
  ],
};
