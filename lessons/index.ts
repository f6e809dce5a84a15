import type { Lesson } from "../src/lesson/types.ts";

/** The curriculum, in order. A lesson is loaded when it is asked for; the list needs only these lines. */
export const curriculum: {
  id: string;
  title: string;
  about: string;
  sections: string[];
  load(): Promise<Lesson>;
}[] = [
  {
    id: "setup",
    title: "From nothing to a first call",
    about:
      "how to read the screen, what a token is, and what a real model takes",
    sections: ["first-call", "tokens", "temperature", "real-models"],
    load: async () => (await import("./setup/lesson.ts")).default,
  },
  {
    id: "prompting",
    title: "How LLMs are made, and how to ask them",
    about:
      "a small model that you train yourself: base, instruction-tuned, preferred; then prompts for each",
    sections: [
      "tokens",
      "next-token",
      "base",
      "instruct",
      "train",
      "rate",
      "overtuning",
      "prompting",
      "few-shot",
      "now",
    ],
    load: async () => (await import("./prompting/lesson.ts")).default,
  },
  {
    id: "memory",
    title: "Conversation memory",
    about: "why a chat model forgets, and four ways to remind it",
    sections: [
      "stateless",
      "buffer",
      "window",
      "token",
      "summary",
      "compare",
      "now",
      "long-term",
    ],
    load: async () => (await import("./memory/lesson.ts")).default,
  },
  {
    id: "chains",
    title: "Chains",
    about:
      "how calls are put together: links, sequences, a router, and how they break",
    sections: [
      "llm-chain",
      "simple-sequential",
      "sequential",
      "router",
      "failures",
      "now",
      "retries",
    ],
    load: async () => (await import("./chains/lesson.ts")).default,
  },
  {
    id: "vector-store",
    title: "A vector database for LLMs in production",
    about:
      "search by meaning, answers with sources, and what a store must bear",
    sections: [
      "embeddings",
      "search",
      "answer",
      "your-documents",
      "filters",
      "recall",
      "hybrid",
      "chunking",
      "upsert",
      "model-change",
      "durability",
      "scale",
      "operations",
      "now",
    ],
    load: async () => (await import("./vector-store/lesson.ts")).default,
  },
  {
    id: "agents",
    title: "Tools and agents",
    about:
      "what a tool call is, the loop around it, consent, hostile results, and graphs",
    sections: [
      "tool-call",
      "loop",
      "failing-tools",
      "limits",
      "parallel",
      "consent",
      "hostile",
      "retrieval",
      "graph",
      "which",
      "mcp",
    ],
    load: async () => (await import("./agents/lesson.ts")).default,
  },
  {
    id: "context",
    title: "What a prompt carries",
    about:
      "the window, trimming, caches, facts, guardrails, streams and traces",
    sections: [
      "parts",
      "trimming",
      "late-summary",
      "caching",
      "facts",
      "waiting",
      "guardrails",
      "tracing",
    ],
    load: async () => (await import("./context/lesson.ts")).default,
  },
  {
    id: "evaluation",
    title: "Is it any good?",
    about:
      "a test set, judges and where they err, faithfulness, and figures instead of feelings",
    sections: ["looks-good", "test-set"],
    load: async () => (await import("./evaluation/lesson.ts")).default,
  },
];
