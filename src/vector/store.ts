import type { Document, DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { maximalMarginalRelevance } from "@langchain/core/utils/math";
import { type MaxMarginalRelevanceSearchOptions, VectorStore } from "@langchain/core/vectorstores";
import { findLabError, LabError } from "../errors.ts";
import type { Collection } from "./collection.ts";
import { documentsFor, type FactoryConfig, openFilled, type StoreClass } from "./factories.ts";
import { type Condition, conditionOf, type Filter } from "./filter.ts";
import { fuse } from "./fuse.ts";
import { documentOf, type Found, type Row, rowOf, type StoredRow, toStored } from "./rows.ts";
import type {
  Deletion,
  IndexKind,
  IndexOptions,
  Knobs,
  Query,
  Scored,
  SearchOptions,
  Version,
} from "./types.ts";
import { Unsupported } from "./unsupported.ts";

/**
 * A collection of documents and their vectors in some engine, behind LangChain's `VectorStore`.
 *
 * Over that interface it promises: ids, so that adding again replaces and never doubles; scores that are
 * cosine similarities clipped to [0, 1], larger being nearer; one kind of filter, applied before the k nearest
 * are chosen; vectors of one dimension, from one embedding model. Batches of {@link BATCH} documents are
 * written whole or not at all, but for Qdrant, which promises that for each document.
 *
 * @throws LabError for whatever the user can fix: no connection, a full disk, a wrong dimension …
 */
export abstract class LabVectorStore extends VectorStore {
  declare FilterType: Filter;
  readonly collection: Collection;
  /** for searches that say nothing else, such as a retriever's */
  knobs: Knobs;
  /** the kinds of index that can be created here */
  abstract readonly indexes: readonly IndexKind[];

  constructor(embeddings: EmbeddingsInterface, collection: Collection, knobs: Knobs = {}) {
    super(embeddings, {});
    this.collection = collection;
    this.knobs = knobs;
  }

  static override fromTexts(
    this: StoreClass,
    texts: string[],
    metadatas: object[] | object,
    embeddings: EmbeddingsInterface,
    config: FactoryConfig,
  ): Promise<LabVectorStore> {
    // biome-ignore lint/complexity/noThisInStatic: the class that it is called on is the engine
    return openFilled(this, documentsFor(texts, metadatas), embeddings, config);
  }

  static override fromDocuments(
    this: StoreClass,
    documents: DocumentInterface[],
    embeddings: EmbeddingsInterface,
    config: FactoryConfig,
  ): Promise<LabVectorStore> {
    // biome-ignore lint/complexity/noThisInStatic: the class that it is called on is the engine
    return openFilled(this, documents, embeddings, config);
  }

  protected abstract write(rows: Row[]): Promise<void>;
  protected abstract removeIds(ids: string[]): Promise<void>;
  protected abstract removeWhere(condition: Condition | true): Promise<void>;
  protected abstract nearest(query: Query): Promise<Scored[]>;
  protected abstract countRows(condition: Condition | true): Promise<number>;
  protected abstract rowsOf(ids: string[]): Promise<StoredRow[]>;
  protected abstract pages(
    condition: Condition | true,
    vectors: boolean,
  ): AsyncIterable<StoredRow[]>;
  /** The LabError for an engine's error, or the error itself. */
  protected abstract explain(error: unknown): unknown;
  /** Lets go of files and connections. */
  abstract close(): Promise<void>;
  /** Removes the collection with all that is in it, and closes. */
  abstract drop(): Promise<void>;
  abstract createIndex(options: IndexOptions): Promise<void>;

  /**
   * Embeds documents and writes them, a batch at a time.
   *
   * @returns their ids: those given, else the documents' own, else a hash of text and metadata
   */
  override async addDocuments(
    documents: DocumentInterface[],
    options: { ids?: readonly string[]; signal?: AbortSignal } = {},
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let start = 0; start < documents.length; start += BATCH) {
      options.signal?.throwIfAborted();
      const batch = documents.slice(start, start + BATCH);
      const vectors = await this.embeddings.embedDocuments(batch.map((one) => one.pageContent));
      const given = options.ids?.slice(start, start + BATCH);
      ids.push(...(await this.addVectors(vectors, batch, { ids: given })));
    }
    return ids;
  }

  override async addVectors(
    vectors: number[][],
    documents: DocumentInterface[],
    options: { ids?: readonly string[] } = {},
  ): Promise<string[]> {
    const { ids } = options;
    if (vectors.length !== documents.length || (ids && ids.length !== documents.length))
      throw new Error(
        `${documents.length} documents, ${vectors.length} vectors, ${ids?.length ?? "no"} ids`,
      );
    const rows = documents.map((document, index) =>
      rowOf(document, this.#checked(vectors[index]!), ids?.[index]),
    );
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      // The last of several with one id stays, as if they had come one after the other.
      const unique = [...new Map(batch.map((row) => [row.id, row])).values()];
      await this.attempt(() => this.write(unique));
    }
    return rows.map((row) => row.id);
  }

  override async delete(what: Deletion): Promise<void> {
    if ("ids" in what) {
      for (let start = 0; start < what.ids.length; start += BATCH)
        await this.attempt(() => this.removeIds(what.ids.slice(start, start + BATCH)));
      return;
    }
    const condition = "filter" in what ? this.#condition(what.filter, true) : what.all === true;
    if (condition !== false) await this.attempt(() => this.removeWhere(condition));
  }

  /** The nearest documents, with all that can be asked for. */
  async searchVector(query: number[], options: SearchOptions = {}): Promise<Found[]> {
    const { k = 4, filter, vectors = false, ...knobs } = options;
    const condition = this.#condition(filter);
    const vector = this.#checked(query);
    if (condition === false || k < 1) return [];
    const found = await this.attempt(() =>
      this.nearest({ vector, k, condition, vectors, knobs: { ...this.knobs, ...knobs } }),
    );
    return found.map(foundOf);
  }

  override async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: Filter,
    knobs: Knobs = {},
  ): Promise<[Document, number][]> {
    const found = await this.searchVector(query, { ...knobs, k, filter });
    return found.map(({ document, score }) => [document, score]);
  }

  /** k of the `fetchK` nearest: each near the question (lambda 1) and unlike those chosen before (lambda 0). */
  override async maxMarginalRelevanceSearch(
    query: string,
    { k, fetchK = 20, lambda = 0.5, filter }: MaxMarginalRelevanceSearchOptions<Filter>,
  ): Promise<Document[]> {
    const vector = await this.embeddings.embedQuery(query);
    const found = await this.searchVector(vector, {
      k: Math.max(k, fetchK),
      filter,
      vectors: true,
    });
    const candidates = found.map((one) => one.vector!);
    const chosen = maximalMarginalRelevance(vector, candidates, lambda, k);
    return chosen.map((index) => found[index]!.document);
  }

  /**
   * The documents in which the words of a query weigh most, as the engine has it: BM25 in LanceDB, `ts_rank`
   * in Postgres. Such a score has no upper end, and only orders.
   *
   * @throws LabError where the engine has no full text search
   */
  async keywordSearch(query: string, k = 4, filter?: Filter): Promise<[Document, number][]> {
    const condition = this.#condition(filter);
    const words = query.match(/[\p{L}\p{N}]+/gu) ?? [];
    if (condition === false || words.length === 0 || k < 1) return [];
    const found = await this.attempt(() => this.matching(words, k, condition));
    return found.map(foundOf).map(({ document, score }) => [document, score]);
  }

  /** Vector and keyword search, fused by rank. */
  async hybridSearch(
    query: string,
    k = 4,
    filter?: Filter,
    fetchK = Math.max(20, 4 * k),
  ): Promise<[Document, number][]> {
    const lists = [
      await this.similaritySearchWithScore(query, fetchK, filter),
      await this.keywordSearch(query, fetchK, filter),
    ] as [Document, number][][];
    const fused = fuse(lists, ([document]) => document.id ?? "");
    return fused.slice(0, k).map(({ item, score }) => [item[0], score]);
  }

  async count(filter?: Filter): Promise<number> {
    const condition = this.#condition(filter);
    return condition === false ? 0 : this.attempt(() => this.countRows(condition));
  }

  /** The documents that have these ids, in the order of the ids; missing ones are left out. */
  async get(ids: readonly string[]): Promise<Document[]> {
    const found = new Map<string, Document>();
    for (let start = 0; start < ids.length; start += BATCH)
      for (const row of await this.attempt(() => this.rowsOf(ids.slice(start, start + BATCH))))
        found.set(row.id, documentOf(row));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  /** All documents, in no order, without holding them in memory at once. */
  async *scan(
    options: { filter?: Filter; vectors?: boolean } = {},
  ): AsyncGenerator<{ document: Document; vector?: number[] }> {
    const condition = this.#condition(options.filter);
    if (condition === false) return;
    try {
      for await (const page of this.pages(condition, options.vectors ?? false))
        for (const row of page) yield { document: documentOf(row), vector: row.vector };
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Bytes on disk, undefined where the engine does not tell. */
  async diskUse(): Promise<number | undefined> {
    return undefined;
  }

  /** Joins small files, drops what was deleted, brings indexes up to date. */
  async compact(_options: { forgetBefore?: Date } = {}): Promise<void> {
    throw this.cannot("compact its files on demand");
  }

  async versions(): Promise<Version[]> {
    throw this.cannot("go back in time");
  }

  /** The collection as it was, for reading. */
  async at(_version: number): Promise<LabVectorStore> {
    throw this.cannot("go back in time");
  }

  /** Makes an old version the newest one; those in between stay in the list. */
  async restore(_version: number): Promise<void> {
    throw this.cannot("go back in time");
  }

  protected async matching(
    _words: string[],
    _k: number,
    _condition: Condition | true,
  ): Promise<Scored[]> {
    throw this.cannot("search for words");
  }

  protected cannot(what: string): LabError {
    return new Unsupported(this._vectorstoreType(), what);
  }

  protected async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#told(error);
    }
  }

  #told(error: unknown): unknown {
    return findLabError(error) ?? this.explain(error);
  }

  #condition(filter: Filter | undefined, required = false): Condition | boolean {
    return conditionOf(required ? (filter ?? null) : filter, toStored);
  }

  /** Engines cut, fill up or refuse vectors that do not fit, each in its own way: none gets one. */
  #checked(vector: number[]): number[] {
    const { name, dimension, model } = this.collection;
    if (vector.length !== dimension)
      throw new LabError(
        `The vector has ${vector.length} numbers, and the collection "${name}" holds vectors of ${dimension}`,
        `It was made with the embedding model ${model}: use that one, or index again into another collection.`,
      );
    let length = 0;
    for (const value of vector) length += value * value;
    if (!Number.isFinite(length) || length === 0)
      throw new LabError(
        length === 0
          ? "The vector is all zeros, so it has no direction and cannot be compared"
          : "The vector has entries that are not numbers",
        "Leave out empty texts, and check what the embedding model returns.",
      );
    return vector;
  }
}

/** How many documents are embedded and written at once. */
export const BATCH = 1000;

/** A cosine as a score: what points away is as unlike as what has nothing in common. */
export function clipped(cosine: number): number {
  return Math.min(1, Math.max(0, cosine));
}

function foundOf({ score, vector, ...row }: Scored): Found {
  return { document: documentOf(row), score, vector };
}
