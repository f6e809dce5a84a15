import type { Condition } from "../filter.ts";
import { type Row, type StoredRow, scalarsOf, tagOf } from "../rows.ts";
import { BATCH, clipped, LabVectorStore } from "../store.ts";
import type { IndexOptions, Query, Scored } from "../types.ts";
import {
  dropCollection,
  type Opened,
  openCollection,
  pointId,
  type QdrantOptions,
} from "./collection.ts";
import { explainQdrant } from "./failures.ts";
import { filterOf, keyOf } from "./filter.ts";
import type { Point, QdrantRest } from "./rest.ts";

/** Qdrant takes at most 32 MB a request: this many vectors of 3072 numbers fit well. */
const POINTS = 250;
const PAYLOAD = { include: ["id", "content", "metadata"] };

/**
 * Qdrant, a server that spreads a collection over shards and copies. It builds its graph (HNSW) by itself, and
 * compares exactly while a collection is small.
 *
 * Score: Qdrant's, for the distance "Cosine", is the cosine similarity itself; what is below 0 counts as 0.
 */
export class QdrantStore extends LabVectorStore {
  readonly indexes = ["hnsw"] as const;
  readonly #rest: QdrantRest;

  static async open(options: QdrantOptions): Promise<QdrantStore> {
    return new QdrantStore(options, await openCollection(options));
  }

  private constructor(options: QdrantOptions, { rest, collection }: Opened) {
    super(options.embeddings, collection, options.knobs);
    this.#rest = rest;
  }

  override _vectorstoreType(): string {
    return "qdrant";
  }

  protected override async write(rows: Row[]): Promise<void> {
    for (let start = 0; start < rows.length; start += POINTS)
      await this.#rest.upsert(this.collection.name, rows.slice(start, start + POINTS).map(pointOf));
  }

  protected override async removeIds(ids: string[]): Promise<void> {
    await this.#rest.delete(this.collection.name, { points: ids.map(pointId) });
  }

  protected override async removeWhere(condition: Condition | true): Promise<void> {
    const filter = condition === true ? {} : filterOf(condition);
    await this.#rest.delete(this.collection.name, { filter });
  }

  protected override async nearest({ vector, k, condition, vectors, knobs }: Query) {
    const points = await this.#rest.query(this.collection.name, {
      query: vector,
      limit: k,
      filter: condition === true ? undefined : filterOf(condition),
      with_payload: PAYLOAD,
      with_vector: vectors,
      params: { exact: knobs.exact, hnsw_ef: knobs.ef },
    });
    return points.map((point): Scored => ({ ...rowOf(point), score: clipped(point.score) }));
  }

  protected override async countRows(condition: Condition | true): Promise<number> {
    const filter = condition === true ? undefined : filterOf(condition);
    return this.#rest.count(this.collection.name, filter);
  }

  protected override async rowsOf(ids: string[]): Promise<StoredRow[]> {
    const found = await this.#rest.retrieve(this.collection.name, {
      ids: ids.map(pointId),
      with_payload: PAYLOAD,
    });
    return found.map(rowOf);
  }

  protected override async *pages(condition: Condition | true, vectors: boolean) {
    const filter = condition === true ? undefined : filterOf(condition);
    let offset: string | null | undefined;
    do {
      const page = await this.#rest.scroll(this.collection.name, {
        filter,
        offset,
        limit: BATCH,
        with_payload: PAYLOAD,
        with_vector: vectors,
      });
      yield page.points.map(rowOf);
      offset = page.next_page_offset;
    } while (offset !== undefined && offset !== null);
  }

  /** Sets the graph's shape; Qdrant builds it again in the background. */
  override async createIndex({ kind, m, efConstruction }: IndexOptions): Promise<void> {
    if (kind !== "hnsw") throw this.cannot(`make an index of the kind ${kind}`);
    await this.attempt(() =>
      this.#rest.update(this.collection.name, {
        hnsw_config: { m: m ?? 16, ef_construct: efConstruction ?? 100 },
      }),
    );
  }

  override async close(): Promise<void> {}

  override async drop(): Promise<void> {
    await this.attempt(() => dropCollection(this.#rest, this.collection.name));
  }

  protected override explain(error: unknown): unknown {
    return explainQdrant(error, this.#rest.at);
  }
}

function pointOf({ id, content, metadata, vector }: Row) {
  const fields = scalarsOf(metadata);
  const numeric = fields.filter(([, value]) => typeof value === "number");
  return {
    id: pointId(id),
    vector,
    payload: {
      id,
      content,
      metadata: JSON.parse(metadata),
      tags: fields.map(([key, value]) => tagOf(key, value)),
      numbers: Object.fromEntries(numeric.map(([key, value]) => [keyOf(key), value])),
    },
  };
}

function rowOf({ payload: { id, content, metadata }, vector }: Point): StoredRow {
  return { id, content, metadata: JSON.stringify(metadata), vector };
}
