import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "memory",
  title: "Conversation memory",
  folder: "lessons/memory",
  sections: {
    stateless: () => import("./stateless.ts"),
    buffer: () => import("./buffer.ts"),
    window: () => import("./window.ts"),
    token: () => import("./token.ts"),
    summary: () => import("./summary.ts"),
    compare: () => import("./compare.ts"),
    now: () => import("./now.ts"),
    "long-term": () => import("./long-term.ts"),
  },
  recap: [
    "A chat model remembers nothing between calls. Memory is text that your program sends again.",
    "A buffer sends all of it, a window and a token limit send the newest part, and a summary sends a shorter text that the model wrote in a hidden call.",
    "In LangChain 1.x an agent with a checkpointer is the buffer, `trimMessages` the window or the token limit, and `summarizationMiddleware` a summary with the last lines.",
  ],
  whenToUse: [
    "Buffer: short conversations, up to some twenty turns. Nothing is lost. Under long instructions (from 1,024 tokens on at OpenAI, November 2026), a prompt cache makes it cheaper than a wide window.",
    "Window or token limit: when only the latest turns matter. The bill of a turn stays bounded, old facts are gone, and a prompt cache finds no more than the instructions.",
    "Summary: long conversations in which old facts matter. It costs a call at each update, and may drop a detail.",
    "A store: facts about a user that a new thread should know too.",
  ],
  translations: { de: () => import("./de.po") },
});
