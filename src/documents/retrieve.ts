import { basename } from "node:path";
import type { Document } from "@langchain/core/documents";
import type { FoundPassage } from "../trace/events.ts";
import type { LabVectorStore } from "../vector/store.ts";
import type { ChunkFields } from "./ledger.ts";

interface Wish {
  k: number;
  /** passages that are less near are left out */
  minScore: number;
}

type Found = [document: Document, score: number];

/**
 * The passages for a question: those nearest to it, and in the last place the one in which its
 * words weigh most, if the store can search for words. Names and numbers are found so, which
 * vectors blur.
 *
 * Measured on the handbook and on notes with numbers, recall among 4: the nearest alone 1.00 on
 * questions in its terms, .59 on paraphrases, .93 on numbers; fused with keywords by rank .98, .48,
 * 1.00; so 1.00, .61, 1.00.
 */
export async function retrieve(
  store: LabVectorStore,
  question: string,
  { k, minScore }: Wish,
): Promise<FoundPassage[]> {
  const vector = await store.embeddings.embedQuery(question);
  // Copies of a file are as near as the file, and would take the place of others.
  const near = unlike(await store.similaritySearchVectorWithScore(vector, 3 * k));
  const worded = await bestByWords(store, question, vector);
  const isNew = worded && !near.slice(0, k).some((found) => isSame(found, worded));
  const chosen = isNew ? [...near.slice(0, k - 1), worded] : near.slice(0, k);
  const passages = chosen.filter(([, score]) => score >= minScore).map(passageOf);
  const isOneFolder = new Set(passages.map(({ folder }) => folder)).size < 2;
  return passages.map((passage) => {
    const { folder, file } = passage;
    return { ...passage, name: isOneFolder ? file : `${basename(folder)}/${file}` };
  });
}

async function bestByWords(
  store: LabVectorStore,
  question: string,
  vector: number[],
): Promise<Found | undefined> {
  if (!store.indexes.includes("full-text")) return undefined;
  const [best] = await store.keywordSearch(question, 1);
  if (!best) return undefined;
  const [document] = best;
  const filter = { key: "chunk", eq: document.metadata.chunk };
  for await (const row of store.scan({ filter, vectors: true }))
    if (row.vector) return [document, Math.max(0, cosine(vector, row.vector))];
  return undefined;
}

function unlike(found: readonly Found[]): Found[] {
  return found.filter((one, at) => found.findIndex((other) => isSame(one, other)) === at);
}

const isSame = ([a]: Found, [b]: Found) => a.pageContent === b.pageContent;

function passageOf([document, score]: Found, at: number): Omit<FoundPassage, "name"> {
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
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0;
    dot += value * other;
    ofA += value * value;
    ofB += other * other;
  }
  return dot / Math.sqrt(ofA * ofB);
}
