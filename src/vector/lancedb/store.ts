import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Connection, Index, MatchQuery, type Table, type VectorQuery } from "@lancedb/lancedb";
import { LabError } from "../../errors.ts";
import type { OpenOptions } from "../collection.ts";
import type { Condition } from "../filter.ts";
import type { Row, StoredRow } from "../rows.ts";
import { clipped, LabVectorStore } from "../store.ts";
import type { IndexOptions, Query, Scored, Version } from "../types.ts";
import { arrowOf } from "./arrow.ts";
import { explainLance } from "./failures.ts";
import { literal, predicateOf } from "./predicate.ts";
import { type Opened, openTable } from "./table.ts";

type Options = OpenOptions & { path: string };

const COLUMNS = ["id", "content", "metadata"];
const TRIES = 10;
/** Passages of one score come in no fixed order, so a few more are fetched and put in order. */
const TIES = 20;

/**
 * LanceDB, in this process, on a folder: the default. Several processes may write to one folder at once; each
 * batch is a version of its own, whole or not there.
 *
 * Score: LanceDB's cosine distance is 1 - cosine, so the score is 1 - distance; below 0 counts as 0. Indexes
 * estimate distances, some wildly, so the k found are always compared again with their full vectors.
 */
export class LanceStore extends LabVectorStore {
  readonly indexes = ["ivf-flat", "ivf-rq", "hnsw-sq", "full-text"] as const;
  readonly #options: Options;
  readonly #db: Connection;
  readonly #table: Table;
  #hasWords = false;

  static async open(options: Options): Promise<LanceStore> {
    return new LanceStore(options, await openTable(options));
  }

  private constructor(options: Options, { db, table, collection }: Opened) {
    super(options.embeddings, collection, options.knobs);
    this.#options = options;
    this.#db = db;
    this.#table = table;
  }

  override _vectorstoreType(): string {
    return "lancedb";
  }

  protected override async write(rows: Row[]): Promise<void> {
    const records = arrowOf(rows, this.collection);
    await this.#again(() =>
      this.#table
        .mergeInsert("id")
        .whenMatchedUpdateAll()
        .whenNotMatchedInsertAll()
        .execute(records),
    );
  }

  protected override async removeIds(ids: string[]): Promise<void> {
    await this.#again(() => this.#table.delete(idsIn(ids)));
  }

  protected override async removeWhere(condition: Condition | true): Promise<void> {
    await this.#again(() =>
      this.#table.delete(condition === true ? "true" : predicateOf(condition)),
    );
  }

  protected override async nearest({ vector, k, condition, vectors, knobs }: Query) {
    const columns = vectors ? [...COLUMNS, "vector"] : COLUMNS;
    const query = this.#table
      .vectorSearch(vector)
      .distanceType("cosine")
      .select([...columns, "_distance"])
      .limit(k);
    if (condition !== true) query.where(predicateOf(condition));
    turn(query, knobs);
    return (await query.toArray()).map((record) => ({
      ...rowOf(record),
      score: clipped(1 - record._distance),
    }));
  }

  protected override async matching(words: string[], k: number, condition: Condition | true) {
    await this.#prepareWords();
    const query = this.#table
      .query()
      .fullTextSearch(new MatchQuery(words.join(" "), "content"))
      .select([...COLUMNS, "_score"])
      .limit(k + TIES);
    if (condition !== true) query.where(predicateOf(condition));
    const found = (await query.toArray()).map(
      (record): Scored => ({ ...rowOf(record), score: record._score }),
    );
    return found.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, k);
  }

  protected override async countRows(condition: Condition | true): Promise<number> {
    return this.#table.countRows(condition === true ? undefined : predicateOf(condition));
  }

  protected override async rowsOf(ids: string[]): Promise<StoredRow[]> {
    const found = await this.#table.query().where(idsIn(ids)).select(COLUMNS).toArray();
    return found.map(rowOf);
  }

  protected override async *pages(condition: Condition | true, vectors: boolean) {
    const query = this.#table.query().select(vectors ? [...COLUMNS, "vector"] : COLUMNS);
    if (condition !== true) query.where(predicateOf(condition));
    for await (const batch of query) yield [...batch].map(rowOf);
  }

  override async createIndex({ kind, cells, m, efConstruction }: IndexOptions): Promise<void> {
    const common = { distanceType: "cosine", numPartitions: cells } as const;
    const make: Partial<Record<IndexOptions["kind"], () => Index>> = {
      "ivf-flat": () => Index.ivfFlat(common),
      "ivf-rq": () => Index.ivfRq(common),
      "hnsw-sq": () => Index.hnswSq({ ...common, m, efConstruction }),
      "full-text": () => Index.fts({ stem: true, removeStopWords: true, asciiFolding: true }),
    };
    const made = make[kind];
    if (!made) throw this.cannot(`make an index of the kind ${kind}`);
    if (kind === "ivf-rq" && this.collection.dimension % 8 !== 0)
      throw new LabError(
        `An index of the kind ivf-rq takes vectors of 8, 16, 24 … numbers, and these have ${this.collection.dimension}`,
        "Choose ivf-flat or hnsw-sq.",
      );
    const column = kind === "full-text" ? "content" : "vector";
    // A config serves one attempt only.
    await this.attempt(() =>
      this.#again(() => this.#table.createIndex(column, { config: made() })),
    );
  }

  override async diskUse(): Promise<number> {
    const { path } = this.#options;
    const files = await readdir(path, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      files
        .filter(
          (file) => file.isFile() && file.parentPath.includes(`${this.collection.name}.lance`),
        )
        .map(async (file) => (await stat(join(file.parentPath, file.name))).size),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** @param options.forgetBefore versions older than this can no longer be gone back to; a week when left out */
  override async compact({ forgetBefore }: { forgetBefore?: Date } = {}): Promise<void> {
    await this.attempt(() =>
      this.#again(() => this.#table.optimize(forgetBefore && { cleanupOlderThan: forgetBefore })),
    );
  }

  override async versions(): Promise<Version[]> {
    const all = await this.attempt(() => this.#table.listVersions());
    return all.map(({ version, timestamp, metadata }) => ({
      version,
      at: timestamp,
      rows: Number(metadata.total_rows ?? 0) - Number(metadata.total_deletion_file_rows ?? 0),
    }));
  }

  override async at(version: number): Promise<LanceStore> {
    const opened = await openTable(this.#options);
    await this.attempt(() => opened.table.checkout(version));
    return new LanceStore(this.#options, opened);
  }

  override async restore(version: number): Promise<void> {
    const { db, table } = await openTable(this.#options);
    await this.attempt(async () => {
      await table.checkout(version);
      await table.restore();
    });
    table.close();
    db.close();
  }

  override async close(): Promise<void> {
    this.#table.close();
    this.#db.close();
  }

  override async drop(): Promise<void> {
    await this.attempt(() => this.#db.dropTable(this.collection.name));
    await this.close();
  }

  protected override explain(error: unknown): unknown {
    return explainLance(error, this.#options.path);
  }

  /** Words are found through an index only; rows that came after it are searched too. */
  async #prepareWords(): Promise<void> {
    if (this.#hasWords) return;
    const indexes = await this.#table.listIndices();
    if (!indexes.some((index) => index.columns.includes("content")))
      await this.createIndex({ kind: "full-text" });
    this.#hasWords = true;
  }

  /** Writers of other processes may come first; LanceDB tells so and leaves all as it was. */
  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++)
      try {
        return await work();
      } catch (error) {
        if (tries === TRIES || !isConflict(error)) throw error;
        // Not all at the same moment again; it takes longer the more write.
        await sleep(Math.random() * 10 * tries);
      }
  }
}

function turn(query: VectorQuery, { exact, ef, nprobes, refine }: Query["knobs"]): void {
  if (exact) query.bypassVectorIndex();
  else query.refineFactor(Math.max(1, refine ?? 1));
  if (ef !== undefined) query.ef(ef);
  if (nprobes !== undefined) query.nprobes(nprobes);
}

function isConflict(error: unknown): boolean {
  return /conflict|concurrent writers|retryable/i.test(String(error));
}

function idsIn(ids: string[]): string {
  return `id IN (${ids.map(literal).join(", ")})`;
}

// biome-ignore lint/suspicious/noExplicitAny: LanceDB's records have no type
function rowOf({ id, content, metadata, vector }: any): StoredRow {
  return { id, content, metadata, vector: vector && Array.from(vector as Iterable<number>) };
}
