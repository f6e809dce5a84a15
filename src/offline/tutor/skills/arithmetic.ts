import type { Skill } from "../skill.ts";
import { workOut } from "../sums/arithmetic.ts";

/** Works out a sum in figures or words. */
export const arithmetic: Skill = {
  name: "sums",
  answer: ({ line }) => workOut(line),
  examples: [
    { asked: "What is 6 times 7?", answer: "6 × 7 is 42." },
    { asked: "half of 30", answer: "is 15." },
    { asked: "what is 5 divided by 0?", answer: "has no value" },
  ],
};
