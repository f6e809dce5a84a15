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
});
