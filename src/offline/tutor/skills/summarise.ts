import { condenseAsAsked } from "../memory/summary.ts";
import type { Skill } from "../skill.ts";

/** Condenses a conversation or a text, where a prompt asks for a summary. */
export const summarise: Skill = {
  name: "a summary",
  answer: ({ prompt }) => condenseAsAsked(prompt),
  examples: [
    {
      asked:
        "Current summary:\n\n\nNew lines of conversation:\nHuman: My name is Pia.\nAI: Hello Pia!\n\nNew summary:",
      answer: "The human's name is Pia.",
    },
    {
      asked: "Summarize this in 1 sentence: The kettle leaks. The kettle was cheap.",
      answer: "kettle",
    },
  ],
};
