import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { LabError } from "../errors.ts";
import type { LabVectorStore } from "../vector/store.ts";
import type { Plan, Row } from "./plan.ts";

interface UpdateOptions {
  store: LabVectorStore;
  embeddings: EmbeddingsInterface;
  /** how many chunks are embedded and written at once */
  batch: number;
  signal?: AbortSignal;
  /** told how many chunks are in the store; may hold the work up, or throw to end it */
  onRows(done: number, of: number): void | Promise<void>;
  /** told before texts are embedded; may throw to end the work */
  onTexts?(texts: readonly string[]): void;
}

/**
 * Does what a plan says, a batch at a time. It may end at any moment: what is new comes before what is old goes,
 * every row has one id, and the next plan starts from what is there.
 *
 * @returns how many texts were embedded
 */
export async function update(plan: Plan, options: UpdateOptions): Promise<number> {
  const { store, batch, signal, onRows } = options;
  const { rows, stale, texts } = plan;
  const written = new Set<string>();
  const inStore = (chunk: string) => !texts.has(chunk) || written.has(chunk);
  let embedded = 0;
  for (let start = 0; start < rows.length; start += batch) {
    signal?.throwIfAborted();
    await onRows(start, rows.length);
    const part = rows.slice(start, start + batch);
    const { vectors, asked } = await vectorsOf(part, inStore, options);
    embedded += asked;
    await store.addVectors(
      part.map(({ document }) => vectors.get(document.metadata.chunk)!),
      part.map(({ document }) => document),
      { ids: part.map(({ id }) => id) },
    );
    for (const { document } of part) written.add(document.metadata.chunk);
  }
  if (rows.length > 0) await onRows(rows.length, rows.length);
  signal?.throwIfAborted();
  if (stale.length > 0) await store.delete({ ids: stale });
  return embedded;
}

/** The vector of each text in a batch: the store's, where some row has it, whatever file it is of. */
async function vectorsOf(
  part: readonly Row[],
  inStore: (chunk: string) => boolean,
  { store, embeddings, onTexts }: UpdateOptions,
) {
  const texts = new Map(
    part.map(({ document }) => [document.metadata.chunk, document.pageContent]),
  );
  const vectors = new Map<string, number[]>();
  const filter = { key: "chunk", in: [...texts.keys()].filter(inStore) };
  for await (const { document, vector } of store.scan({ filter, vectors: true }))
    if (vector) vectors.set(document.metadata.chunk, vector);
  const missing = [...texts].filter(([chunk]) => !vectors.has(chunk));
  if (missing.length === 0) return { vectors, asked: 0 };
  const asked = missing.map(([, text]) => text);
  onTexts?.(asked);
  const made = await embeddings.embedDocuments(asked);
  if (made.length !== asked.length)
    throw new LabError(
      `The embedding model was sent ${asked.length} texts, and answered with ${made.length} vectors`,
      "Try another embedding model, or a smaller --batch.",
    );
  missing.forEach(([chunk], at) => {
    vectors.set(chunk, made[at]!);
  });
  return { vectors, asked: asked.length };
}
