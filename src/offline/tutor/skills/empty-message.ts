import type { Skill } from "../skill.ts";

/** Says that there is nothing to answer. */
export const emptyMessage: Skill = {
  name: "an empty message",
  answer: ({ line }) =>
    line.trim() === ""
      ? "You sent an empty message. What would you like to tell or ask me?"
      : undefined,
  examples: [{ asked: " ", answer: "You sent an empty message." }],
};
