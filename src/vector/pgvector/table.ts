import pg from "pg";
import { LabError } from "../../errors.ts";
import {
  type Collection,
  collectionName,
  knownCollection,
  newCollection,
  type OpenOptions,
  toWritten,
} from "../collection.ts";
import { explainPg, serverOf } from "./failures.ts";

/** One row a collection, which says what its vectors are. */
const REGISTRY = "llm_lab_collections";
const CONNECT_MS = 10_000;
/** Any number will do, as long as all agree on it. */
const LOCK = 0x11a8;

export type PgOptions = OpenOptions & { url: string; shards?: number };

export interface Opened {
  pool: pg.Pool;
  /** host, port and database, for messages */
  at: string;
  collection: Collection;
}

/** Connects, and makes the extension and the table where they are not there. */
export async function openTable(options: PgOptions): Promise<Opened> {
  const at = serverOf(options.url);
  const pool = new pg.Pool({
    connectionString: options.url,
    connectionTimeoutMillis: CONNECT_MS,
    max: 4,
    onConnect: prepare,
  });
  // A connection that breaks while idle is replaced; the next query tells if that fails.
  pool.on("error", () => {});
  try {
    const collection = await settle(pool, options);
    return { pool, at, collection };
  } catch (error) {
    await pool.end();
    throw error instanceof LabError ? error : explainPg(error, at);
  }
}

/** The server's name and version, if it lets us in. */
export async function reachPostgres(url: string): Promise<string> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
  });
  try {
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version') AS version");
    return `PostgreSQL ${rows[0].version}`;
  } catch (error) {
    throw explainPg(error, serverOf(url));
  } finally {
    await client.end().catch(() => {});
  }
}

/** Without this a search with a filter in an index gives fewer than k rows, and does not say so. */
async function prepare(client: pg.ClientBase): Promise<void> {
  await client.query("SET client_min_messages = warning");
  // Unknown before pgvector 0.8, where nothing can be done about it.
  await client.query("SET hnsw.iterative_scan = strict_order").catch(() => {});
  await client.query("SET ivfflat.iterative_scan = relaxed_order").catch(() => {});
}

async function settle(pool: pg.Pool, options: PgOptions): Promise<Collection> {
  const name = collectionName(options);
  const found = await written(pool, name);
  if (found) return knownCollection(found, options);
  const wanted = await newCollection(options);
  return transaction(pool, async (client) => {
    // Two processes that make the same collection: one waits here and finds it made.
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    await client.query("CREATE EXTENSION IF NOT EXISTS vector");
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${REGISTRY} (name text PRIMARY KEY, written text NOT NULL)`,
    );
    const again = await written(client, name);
    if (again) return knownCollection(again, options);
    const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS taken", [
      quoted(name),
    ]);
    if (rows[0].taken) return knownCollection(undefined, options);
    await create(client, wanted, options.shards);
    return wanted;
  });
}

async function create(client: pg.ClientBase, collection: Collection, shards: number | undefined) {
  const table = quoted(collection.name);
  // The only unique column is the one that Citus distributes by: it can hold no other across its nodes.
  await client.query(
    `CREATE TABLE ${table} (
       id text COLLATE "C" PRIMARY KEY,
       content text NOT NULL,
       metadata jsonb NOT NULL,
       embedding vector(${Number(collection.dimension)}) NOT NULL
     )`,
  );
  if (shards !== undefined)
    await client.query("SELECT create_distributed_table($1, 'id', shard_count => $2::int)", [
      table,
      shards,
    ]);
  await client.query(`CREATE INDEX ON ${table} USING gin (metadata jsonb_path_ops)`);
  await client.query(`INSERT INTO ${REGISTRY} (name, written) VALUES ($1, $2)`, [
    collection.name,
    toWritten(collection),
  ]);
}

async function written(client: pg.Pool | pg.ClientBase, name: string): Promise<string | undefined> {
  try {
    const { rows } = await client.query(`SELECT written FROM ${REGISTRY} WHERE name = $1`, [name]);
    return rows[0]?.written;
  } catch (error) {
    if ((error as { code?: string }).code === "42P01") return undefined;
    throw error;
  }
}

export async function dropTable(pool: pg.Pool, name: string): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(`DROP TABLE IF EXISTS ${quoted(name)}`);
    await client.query(`DELETE FROM ${REGISTRY} WHERE name = $1`, [name]);
  });
}

/** All of the work or none of it. */
export async function transaction<T>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A name in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
