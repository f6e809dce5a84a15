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
 * Does what a plan says, a batch at a time. It may end at any moment: what is new comes before what
 * is old goes, every row has one id, and the next plan starts from what is there.
 *
 * @returns how many texts were embedded
 */
export async function update(plan: Plan, options: UpdateOptions): Promise<number> {
  const { store, batch, signal, onRows } = options;
  const { rows, stale } = plan;
  const vectors = new Vectors(plan, options);
  for (let start = 0; start < rows.length; start += batch) {
    signal?.throwIfAborted();
    await onRows(start, rows.length);
    const part = rows.slice(start, start + batch);
    const made = await vectors.take(part);
    await store.addVectors(
      made,
      part.map(({ document }) => document),
      { ids: part.map(({ id }) => id) },
    );
  }
  if (rows.length > 0) await onRows(rows.length, rows.length);
  signal?.throwIfAborted();
  if (stale.length > 0) await store.delete({ ids: stale });
  return vectors.embedded;
}

/** How many chunks that the store has are looked up at once. */
const LOOKED_UP = 1000;

/**
 * The vectors of a plan's rows, in their order. A text is embedded, or looked up in the store,
 * once; its vector is kept until the last row that has the text, so that a thousand equal files
 * cost what one does.
 */
class Vectors {
  embedded = 0;
  readonly #plan: Plan;
  readonly #options: UpdateOptions;
  /** how many rows of each chunk are still to come */
  readonly #left = new Map<string, number>();
  readonly #known = new Map<string, number[]>();
  /** the rows up to which the store was asked */
  #asked = 0;

  constructor(plan: Plan, options: UpdateOptions) {
    this.#plan = plan;
    this.#options = options;
    for (const { document } of plan.rows) {
      const { chunk } = document.metadata;
      this.#left.set(chunk, (this.#left.get(chunk) ?? 0) + 1);
    }
  }

  /** The vectors of the next rows. */
  async take(part: readonly Row[]): Promise<number[][]> {
    const { rows, texts } = this.#plan;
    const missing = () => part.filter((row) => !this.#known.has(chunkOf(row)));
    const isStored = (row: Row) => !texts.has(chunkOf(row));
    while (this.#asked < rows.length && missing().some(isStored)) await this.#lookUp();
    await this.#embed(missing());
    return part.map((row) => {
      const chunk = chunkOf(row);
      const vector = this.#known.get(chunk)!;
      const left = this.#left.get(chunk)! - 1;
      this.#left.set(chunk, left);
      if (left === 0) this.#known.delete(chunk);
      return vector;
    });
  }

  /** Reads vectors that the store has, of the rows that come next. */
  async #lookUp(): Promise<void> {
    const { rows, texts } = this.#plan;
    const wanted = new Set<string>();
    for (; this.#asked < rows.length && wanted.size < LOOKED_UP; this.#asked += 1) {
      const chunk = chunkOf(rows[this.#asked]!);
      if (!texts.has(chunk) && !this.#known.has(chunk)) wanted.add(chunk);
    }
    const filter = { key: "chunk", in: [...wanted] };
    for await (const { document, vector } of this.#options.store.scan({ filter, vectors: true })) {
      const { chunk } = document.metadata;
      if (!vector || !wanted.delete(chunk)) continue;
      this.#known.set(chunk, vector);
      if (wanted.size === 0) return;
    }
  }

  async #embed(rows: readonly Row[]): Promise<void> {
    const texts = new Map(rows.map((row) => [chunkOf(row), row.document.pageContent]));
    if (texts.size === 0) return;
    const { embeddings, onTexts } = this.#options;
    const asked = [...texts.values()];
    onTexts?.(asked);
    const made = await embeddings.embedDocuments(asked);
    if (made.length !== asked.length)
      throw new LabError(
        `The embedding model was sent ${asked.length} texts, and answered with ${made.length} vectors`,
        "Try another embedding model, or a smaller --batch.",
      );
    for (const [at, chunk] of [...texts.keys()].entries()) this.#known.set(chunk, made[at]!);
    this.embedded += made.length;
  }
}

const chunkOf = ({ document }: Row): string => document.metadata.chunk;
