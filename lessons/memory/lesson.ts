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
  },
  recap: [
    "A chat model remembers nothing between calls. Memory is text that your program sends again.",
    "A buffer sends all of it, a window and a token limit send the newest part, and a summary sends a shorter text that the model wrote in a hidden call.",
    "The same four exist today as agents with a checkpointer, `trimMessages` and `summarizationMiddleware`.",
  ],
  whenToUse: [
    "Buffer: short conversations, up to some twenty turns. Nothing is lost, and each prompt begins like the last, so providers bill most of it at the cheaper cached rate.",
    "Window or token limit: when only the latest turns matter. The bill is bounded, old facts are gone, and a prompt cache finds little beyond the instructions.",
    "Summary: long conversations in which old facts matter. It costs a call at each update, and may drop a detail.",
  ],
});
