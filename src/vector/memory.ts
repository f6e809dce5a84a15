import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { type Collection, newCollection, type OpenOptions } from "./collection.ts";
import { type Condition, meets } from "./filter.ts";
import type { Row, StoredRow } from "./rows.ts";
import { BATCH, clipped, LabVectorStore } from "./store.ts";
import type { IndexOptions, Query, Scored } from "./types.ts";

/**
 * LangChain's own store in this process's memory: every search compares with every vector, and everything is gone
 * with the process.
 *
 * Score: LangChain's is the cosine similarity itself; what is below 0 counts as 0.
 */
export class MemoryStore extends LabVectorStore {
  readonly indexes = [];
  readonly #shelf: Shelf;

  static async open(options: OpenOptions): Promise<MemoryStore> {
    return new MemoryStore(options, await newCollection(options));
  }

  private constructor({ embeddings, knobs }: OpenOptions, collection: Collection) {
    super(embeddings, collection, knobs);
    this.#shelf = new Shelf(embeddings);
  }

  override _vectorstoreType(): string {
    return "memory";
  }

  protected override async write(rows: Row[]): Promise<void> {
    this.#shelf.drop(new Set(rows.map((row) => row.id)));
    await this.#shelf.addVectors(
      rows.map((row) => row.vector),
      rows.map(({ id, content, metadata }) => ({
        id,
        pageContent: content,
        metadata: JSON.parse(metadata),
      })),
    );
  }

  protected override async removeIds(ids: string[]): Promise<void> {
    this.#shelf.drop(new Set(ids));
  }

  protected override async removeWhere(condition: Condition | true): Promise<void> {
    this.#shelf.drop(new Set(this.#where(condition).map((one) => one.id!)));
  }

  protected override async nearest({ vector, k, condition, vectors }: Query): Promise<Scored[]> {
    const found = await this.#shelf._queryVectors(vector, k, (document) =>
      meets(condition, document.metadata),
    );
    return found.map((one) => ({ ...stored(one, vectors), score: clipped(one.similarity) }));
  }

  protected override async countRows(condition: Condition | true): Promise<number> {
    return this.#where(condition).length;
  }

  protected override async rowsOf(ids: string[]): Promise<StoredRow[]> {
    const wanted = new Set(ids);
    return this.#shelf.memoryVectors.filter((one) => wanted.has(one.id!)).map((one) => stored(one));
  }

  protected override async *pages(condition: Condition | true, vectors: boolean) {
    const all = this.#where(condition);
    for (let start = 0; start < all.length; start += BATCH)
      yield all.slice(start, start + BATCH).map((one) => stored(one, vectors));
  }

  override async createIndex(_options: IndexOptions): Promise<void> {
    throw this.cannot("make an index");
  }

  override async close(): Promise<void> {}

  override async drop(): Promise<void> {
    this.#shelf.memoryVectors = [];
  }

  protected override explain(error: unknown): unknown {
    return error;
  }

  #where(condition: Condition | true) {
    return this.#shelf.memoryVectors.filter((one) => meets(condition, one.metadata));
  }
}

type Held = MemoryVectorStore["memoryVectors"][number];

/** LangChain's class, with its protected search made public and a way to delete. */
class Shelf extends MemoryVectorStore {
  drop(ids: Set<string>): void {
    const stays = this.memoryVectors.filter((one) => !ids.has(one.id!));
    if (stays.length < this.memoryVectors.length) this.memoryVectors = stays;
  }

  override _queryVectors(...query: Parameters<MemoryVectorStore["_queryVectors"]>) {
    return super._queryVectors(...query);
  }
}

function stored({ id, content, metadata, embedding }: Held, vectors = false): StoredRow {
  const row = { id: id!, content, metadata: JSON.stringify(metadata) };
  return vectors ? { ...row, vector: embedding } : row;
}
