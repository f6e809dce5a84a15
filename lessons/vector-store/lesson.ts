import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "vector-store",
  title: "A vector database for LLMs in production",
  folder: "lessons/vector-store",
  sections: {
    embeddings: () => import("./embeddings.ts"),
    search: () => import("./search.ts"),
    answer: () => import("./answer.ts"),
    "your-documents": () => import("./your-documents.ts"),
    filters: () => import("./filters.ts"),
    recall: () => import("./recall.ts"),
    hybrid: () => import("./hybrid.ts"),
    chunking: () => import("./chunking.ts"),
    upsert: () => import("./upsert.ts"),
    "model-change": () => import("./model-change.ts"),
    durability: () => import("./durability.ts"),
    scale: () => import("./scale.ts"),
    operations: () => import("./operations.ts"),
    now: () => import("./now.ts"),
  },
  recap: [
    "An embedding turns a text into a vector; texts with similar meaning get vectors that lie close together.",
    "A store finds the nearest chunks, the prompt carries them, and the model answers from them with its sources.",
    "In production the work is around the search: filters and tenants, updates that can run twice, measured recall, backups, cost.",
  ],
  whenToUse: [
    "Exact search: while it is fast enough. It misses nothing.",
    "An approximate index: for large collections; measure its recall against exact search.",
    "Hybrid search: when people search for exact words, codes or names as well as for meaning.",
  ],
});
