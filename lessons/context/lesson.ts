import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "context",
  title: "What a prompt carries",
  folder: "lessons/context",
  sections: {
    parts: () => import("./parts.ts"),
    trimming: () => import("./trimming.ts"),
    "late-summary": () => import("./late-summary.ts"),
    caching: () => import("./caching.ts"),
    facts: () => import("./facts.ts"),
    waiting: () => import("./waiting.ts"),
    guardrails: () => import("./guardrails.ts"),
    tracing: () => import("./tracing.ts"),
  },
  recap: [
    "Instructions, tools, history, passages and the reply share one context window, and each of them is billed at every call.",
    "Cut a history where a question begins: a tool's result without its call is refused. Summarise it when it is too long, not at every turn.",
    "A prompt cache finds beginnings only. What stays the same goes first, what changes goes last.",
  ],
  whenToUse: [
    "Trimming: when old turns do not matter any more. It makes no call.",
    "A late summary: when they matter, and the conversation is long.",
    "A store that is searched by meaning: for facts that must outlast the conversation, and are too many to send all of them.",
    "Middleware on the way in: for what must never reach a provider, such as e-mail addresses and card numbers.",
  ],
});
