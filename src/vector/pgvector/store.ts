import type pg from "pg";
import { LabError } from "../../errors.ts";
import type { Condition } from "../filter.ts";
import type { Row, StoredRow } from "../rows.ts";
import { BATCH, clipped, LabVectorStore } from "../store.ts";
import type { IndexOptions, Knobs, Query, Scored } from "../types.ts";
import { explainPg } from "./failures.ts";
import { dropTable, type Opened, openTable, type PgOptions, quoted, transaction } from "./table.ts";
import { whereOf } from "./where.ts";

const COLUMNS = "id, content, metadata::text AS metadata";
const TRIES = 5;
/** pgvector's own limits: numbers in an indexed `vector`, and candidates of a search. */
const LARGEST_INDEXED = 2000;
const LARGEST_EF = 1000;

/**
 * Postgres with the extension pgvector, also spread over a Citus cluster.
 *
 * Score: pgvector's operator `<=>` is the cosine distance, 1 - cosine, so the score is 1 - distance; below 0
 * counts as 0.
 */
export class PgStore extends LabVectorStore {
  readonly indexes = ["hnsw", "ivf-flat", "full-text"] as const;
  readonly #pool: pg.Pool;
  readonly #at: string;
  readonly #table: string;

  static async open(options: PgOptions): Promise<PgStore> {
    return new PgStore(options, await openTable(options));
  }

  private constructor({ embeddings, knobs }: PgOptions, { pool, at, collection }: Opened) {
    super(embeddings, collection, knobs);
    this.#pool = pool;
    this.#at = at;
    this.#table = quoted(collection.name);
  }

  override _vectorstoreType(): string {
    return "pgvector";
  }

  protected override async write(rows: Row[]): Promise<void> {
    // In one order everywhere, so that two writers wait for each other and do not lock each other out.
    const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    await this.#again(() =>
      this.#pool.query(
        `INSERT INTO ${this.#table} (id, content, metadata, embedding)
         SELECT id, content, metadata::jsonb, embedding::vector
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS new (id, content, metadata, embedding)
         ON CONFLICT (id) DO UPDATE
         SET content = excluded.content, metadata = excluded.metadata, embedding = excluded.embedding`,
        [
          sorted.map((row) => row.id),
          sorted.map((row) => row.content),
          sorted.map((row) => row.metadata),
          sorted.map((row) => vectorText(row.vector)),
        ],
      ),
    );
  }

  protected override async removeIds(ids: string[]): Promise<void> {
    await this.#again(() =>
      this.#pool.query(`DELETE FROM ${this.#table} WHERE id = ANY($1::text[])`, [ids]),
    );
  }

  protected override async removeWhere(condition: Condition | true): Promise<void> {
    const { where, values } = boundWhere(condition, []);
    await this.#again(() => this.#pool.query(`DELETE FROM ${this.#table} WHERE ${where}`, values));
  }

  protected override async nearest(query: Query): Promise<Scored[]> {
    const { where, values } = boundWhere(query.condition, [vectorText(query.vector), query.k]);
    const rows = await this.#tuned(
      query.knobs,
      `SELECT ${COLUMNS}, embedding <=> $1::vector AS distance
         ${query.vectors ? ", embedding::text AS vector" : ""}
       FROM ${this.#table} WHERE ${where}
       ORDER BY embedding <=> $1::vector LIMIT $2`,
      values,
    );
    return rows
      .sort((a, b) => a.distance - b.distance)
      .map(({ distance, ...row }) => ({ ...rowOf(row), score: clipped(1 - distance) }));
  }

  protected override async matching(words: string[], k: number, condition: Condition | true) {
    const { where, values } = boundWhere(condition, [words.join(" | "), k]);
    const { rows } = await this.#pool.query(
      `SELECT ${COLUMNS}, ts_rank(to_tsvector('english', content), words, 1) AS score
       FROM ${this.#table}, to_tsquery('english', $1) AS words
       WHERE to_tsvector('english', content) @@ words AND ${where}
       ORDER BY score DESC, id LIMIT $2`,
      values,
    );
    return rows as Scored[];
  }

  override async diskUse(): Promise<number> {
    const size = "SELECT pg_total_relation_size($1::regclass)::float8 AS bytes";
    const { rows } = await this.attempt(() => this.#pool.query(size, [this.#table]));
    return rows[0].bytes;
  }

  protected override async countRows(condition: Condition | true): Promise<number> {
    const { where, values } = boundWhere(condition, []);
    const { rows } = await this.#pool.query(
      `SELECT count(*)::int AS count FROM ${this.#table} WHERE ${where}`,
      values,
    );
    return rows[0].count;
  }

  protected override async rowsOf(ids: string[]): Promise<StoredRow[]> {
    const { rows } = await this.#pool.query(
      `SELECT ${COLUMNS} FROM ${this.#table} WHERE id = ANY($1::text[])`,
      [ids],
    );
    return rows.map(rowOf);
  }

  protected override async *pages(condition: Condition | true, vectors: boolean) {
    const { where, values } = boundWhere(condition, []);
    let after = "";
    for (;;) {
      const { rows } = await this.#pool.query(
        `SELECT ${COLUMNS} ${vectors ? ", embedding::text AS vector" : ""} FROM ${this.#table}
         WHERE ${where} AND id > $${values.length + 1} ORDER BY id LIMIT ${BATCH}`,
        [...values, after],
      );
      if (rows.length === 0) return;
      yield rows.map(rowOf);
      after = rows.at(-1).id;
    }
  }

  override async createIndex({ kind, cells, m, efConstruction }: IndexOptions): Promise<void> {
    const { dimension } = this.collection;
    if (kind !== "full-text" && dimension > LARGEST_INDEXED)
      throw new LabError(
        `pgvector indexes vectors of ${LARGEST_INDEXED} numbers at most, and these have ${dimension}`,
        "Ask the embedding model for fewer dimensions, or search exactly.",
      );
    const rows = kind === "ivf-flat" && cells === undefined ? await this.count() : 0;
    const make: Partial<Record<IndexOptions["kind"], string>> = {
      hnsw: `hnsw (embedding vector_cosine_ops) WITH (m = ${whole(m ?? 16)}, ef_construction = ${whole(efConstruction ?? 64)})`,
      "ivf-flat": `ivfflat (embedding vector_cosine_ops) WITH (lists = ${whole(cells ?? Math.max(1, Math.sqrt(rows)))})`,
      "full-text": "gin (to_tsvector('english', content))",
    };
    if (!make[kind]) throw this.cannot(`make an index of the kind ${kind}`);
    const name = quoted(`${this.collection.name}_${kind}`);
    await this.attempt(async () => {
      await this.#pool.query(`DROP INDEX IF EXISTS ${name}`);
      await this.#pool.query(`CREATE INDEX ${name} ON ${this.#table} USING ${make[kind]}`);
    });
  }

  override async compact(): Promise<void> {
    await this.attempt(() => this.#pool.query(`VACUUM ANALYZE ${this.#table}`));
  }

  override async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  override async drop(): Promise<void> {
    await this.attempt(() => dropTable(this.#pool, this.collection.name));
    await this.close();
  }

  protected override explain(error: unknown): unknown {
    return explainPg(error, this.#at);
  }

  /** Runs a search with settings that hold for it alone, which takes a transaction. */
  async #tuned({ exact, ef, nprobes }: Knobs, sql: string, values: unknown[]) {
    const settings: [string, string][] = [];
    if (exact) settings.push(["enable_indexscan", "off"]);
    if (ef !== undefined)
      settings.push(["hnsw.ef_search", String(Math.min(LARGEST_EF, whole(ef)))]);
    if (nprobes !== undefined) settings.push(["ivfflat.probes", String(whole(nprobes))]);
    if (settings.length === 0) return (await this.#pool.query(sql, values)).rows;
    return transaction(this.#pool, async (client) => {
      for (const setting of settings)
        await client.query("SELECT set_config($1, $2, true)", setting);
      return (await client.query(sql, values)).rows;
    });
  }

  /** Postgres ends one of two writers that wait for each other, and leaves all as it was. */
  async #again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++)
      try {
        return await work();
      } catch (error) {
        const { code } = error as { code?: string };
        if (tries === TRIES || (code !== "40P01" && code !== "40001")) throw error;
      }
  }
}

function boundWhere(condition: Condition | true, first: unknown[]) {
  const values = [...first];
  const bind = (value: unknown) => `$${values.push(value)}`;
  return { where: condition === true ? "true" : whereOf(condition, bind), values };
}

function vectorText(vector: number[]): string {
  return `[${vector.join(",")}]`;
}

function whole(value: number): number {
  return Math.max(1, Math.round(value));
}

// biome-ignore lint/suspicious/noExplicitAny: rows of pg have no type
function rowOf({ id, content, metadata, vector }: any): StoredRow {
  return { id, content, metadata, vector: vector && JSON.parse(vector) };
}
