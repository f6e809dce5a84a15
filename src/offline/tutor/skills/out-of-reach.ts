import type { Skill } from "../skill.ts";

/** The last skill: says honestly that the rest is more than a model of rules can do. */
export const outOfReach: Skill = {
  name: "out of reach",
  answer: () =>
    "That is more than I can do: I am a small offline model made of rules. I remember what you tell me, do sums, condense text and explain some terms; for more, choose a real model with --model.",
  examples: [{ asked: "Write me a sonnet about the sea", answer: "That is more than I can do" }],
};
