import type { Trap } from "./trap.ts";

/** A key that is sent to the model, and may come out again in a reply or a log. */
export const keyInPrompt: Trap = {
  name: "key-in-prompt",
  read: "llm-lab help data-leak",
  find({ keys }) {
    if (keys.length === 0) return undefined;
    return `${keys.join(" and ")} stands in the prompt. It goes to the provider, and may come out in a reply.`;
  },
};
