import type { FoundPassage } from "../trace/events.ts";
import type { LabVectorStore } from "../vector/store.ts";
import type { ChunkFields } from "./ledger.ts";

interface Wish {
  k: number;
  /** passages that are less near are left out */
  minScore: number;
}

/** The passages nearest to a question, the nearest first, each text once. */
export async function retrieve(
  store: LabVectorStore,
  question: string,
  { k, minScore }: Wish,
): Promise<FoundPassage[]> {
  // Copies of a file are as near as the file, and would take the place of others.
  const found = await store.similaritySearchWithScore(question, 3 * k);
  const unlike = found.filter(
    ([document], at) =>
      found.findIndex(([other]) => other.pageContent === document.pageContent) === at,
  );
  return unlike
    .filter(([, score]) => score >= minScore)
    .slice(0, k)
    .map(([document, score], at) => {
      const { folder, file, heading, line, page } = document.metadata as ChunkFields;
      return {
        number: at + 1,
        folder,
        file,
        heading,
        line: line ?? null,
        page: page ?? null,
        score,
        text: document.pageContent,
      };
    });
}
