import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Document } from "@langchain/core/documents";
import { fitOf } from "../search/fit.ts";
import { Keywords } from "../search/keywords.ts";
import type { FoundPassage } from "../trace/events.ts";
import type { LabVectorStore } from "../vector/store.ts";
import { isLocal } from "./inventory.ts";
import type { ChunkFields } from "./ledger.ts";

interface Wish {
  k: number;
  /** passages that are less near are left out */
  minScore: number;
  /** makes of a question's vector the one to search by, where the embedding model has such */
  aim?: (vector: readonly number[]) => number[];
  signal?: AbortSignal;
}

export interface Retrieved {
  /** the best first */
  passages: FoundPassage[];
  /** folders of the index that are no longer there: nothing of them is found */
  gone: string[];
}

/** A chunk that may fit, its nearness to the question, and its share of the question's words. */
interface Candidate {
  document: Document;
  cosine: number;
  share: number;
}

/** How many are looked at of the nearest chunks, and of those that have most of the words. */
const LOOKED_AT = 50;

/** The passages that fit a question best, by meaning and by words (`fitOf`). */
export async function retrieve(
  store: LabVectorStore,
  question: string,
  { k, minScore, aim = (vector) => [...vector], signal }: Wish,
): Promise<Retrieved> {
  const vector = aim(await store.embeddings.embedQuery(question));
  const { shares, folders } = await wordsIn(store, question, signal);
  const gone = isLocal(store) ? folders.filter((folder) => !existsSync(folder)) : [];
  const filter = gone.length === 0 ? undefined : { not: { key: "folder", in: gone } };
  // Copies of a file are as near as the file, and would take the place of others.
  const most = Math.max(LOOKED_AT, 3 * k);
  const near = await store.similaritySearchVectorWithScore(vector, most, filter);
  const known = new Set(near.map(([{ id }]) => id));
  const worded = mostWorded(shares).filter((id) => !known.has(id));
  const candidates = [
    ...near.map(([document, cosine]) => ({ document, cosine })),
    ...(await cosinesOf(store, worded, vector)),
  ].map((one) => ({ ...one, share: shares.get(one.document.id ?? "") ?? 0 }));
  const fitting = candidates
    .filter(
      ({ cosine, document }) => cosine >= minScore && !gone.includes(document.metadata.folder),
    )
    .map((one) => ({ ...one, fit: fitness(one) }))
    .sort((a, b) => b.fit - a.fit);
  const passages = unlike(fitting).slice(0, k).map(passageOf);
  const isOneFolder = new Set(passages.map(({ folder }) => folder)).size < 2;
  const named = passages.map((passage) => {
    const { folder, file } = passage;
    return { ...passage, name: isOneFolder ? file : `${basename(folder)}/${file}` };
  });
  return { passages: named, gone };
}

const fitness = ({ document, cosine, share }: Candidate) =>
  fitOf({ text: document.pageContent, cosine, share });

/**
 * The share of the question's words that each chunk has, by its id, and the folders of the chunks.
 */
async function wordsIn(store: LabVectorStore, question: string, signal?: AbortSignal) {
  const keywords = new Keywords(question);
  const ids: string[] = [];
  const folders = new Set<string>();
  for await (const { document } of store.scan()) {
    signal?.throwIfAborted();
    const { id = "", pageContent, metadata } = document;
    ids.push(id);
    folders.add(metadata.folder);
    keywords.add(searchedText(pageContent, metadata as ChunkFields));
  }
  const shares = keywords.shares();
  return { shares: new Map(ids.map((id, at) => [id, shares[at]!])), folders: [...folders] };
}

/** A chunk's text, which begins with its headings, then these once more and its file's name. */
export function searchedText(
  text: string,
  { file, heading }: Pick<ChunkFields, "file" | "heading">,
): string {
  return `${text}\n${heading}\n${file.replace(/\.\w+$/, "")}`;
}

function mostWorded(shares: ReadonlyMap<string, number>): string[] {
  const having = [...shares].filter(([, share]) => share > 0).sort((a, b) => b[1] - a[1]);
  return having.slice(0, LOOKED_AT).map(([id]) => id);
}

async function cosinesOf(store: LabVectorStore, ids: string[], vector: readonly number[]) {
  const documents = await store.get(ids);
  const wanted = new Map(documents.map((one) => [one.id ?? "", one]));
  const chunks = [...new Set(documents.map(({ metadata }) => metadata.chunk as string))];
  const found: { document: Document; cosine: number }[] = [];
  if (chunks.length === 0) return found;
  const filter = { key: "chunk", in: chunks };
  for await (const row of store.scan({ filter, vectors: true })) {
    const document = wanted.get(row.document.id ?? "");
    if (document && row.vector)
      found.push({ document, cosine: Math.max(0, cosineOf(vector, row.vector)) });
  }
  return found;
}

/** Without those whose text stands further ahead already. */
function unlike(found: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return found.filter(({ document: { pageContent } }) => {
    const isNew = !seen.has(pageContent);
    seen.add(pageContent);
    return isNew;
  });
}

function passageOf({ document, cosine }: Candidate, at: number): Omit<FoundPassage, "name"> {
  const { folder, file, heading, line, page } = document.metadata as ChunkFields;
  return {
    number: at + 1,
    folder,
    file,
    heading,
    line: line ?? null,
    page: page ?? null,
    score: cosine,
    text: document.pageContent,
  };
}

function cosineOf(a: readonly number[], b: readonly number[]): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? 0;
    dot += value * other;
    ofA += value * value;
    ofB += other * other;
  }
  return dot / Math.sqrt(ofA * ofB);
}
