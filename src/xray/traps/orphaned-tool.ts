import type { Trap } from "./trap.ts";

/** A tool's result without its call, or a call without its result: providers refuse both. */
export const orphanedTool: Trap = {
  name: "orphaned-tool",
  read: "llm-lab help trim-messages",
  find({ sent }) {
    const open = new Set<string>();
    for (const [at, { role, asks, answers }] of sent.messages.entries()) {
      if (answers !== undefined && !open.delete(answers))
        return `message ${at + 1} is a tool's result, and the call that it answers was left out. OpenAI refuses that.`;
      if (role !== "tool" && open.size > 0)
        return `a tool is called before message ${at + 1}, and its result was left out. OpenAI refuses that.`;
      for (const id of asks) open.add(id);
    }
    return undefined;
  },
};
