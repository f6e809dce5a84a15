import type { Collection, OpenOptions } from "./collection.ts";
import type { LabVectorStore } from "./store.ts";

/**
 * What follows --store. A new name does not compile until there is an engine, and a row in the
 * claims, for it.
 */
export type StoreName = "lancedb" | "pgvector" | "qdrant" | "memory";

/** Where a store is, as `locateStore` found it: all that an engine needs to open it. */
export interface StoreLocation {
  store: StoreName;
  /** the server's address, as its driver reads it; it may hold a password */
  url?: string;
  /** Qdrant's key */
  apiKey?: string;
  /** LanceDB's folder */
  path?: string;
}

export interface StoreOptions extends OpenOptions, StoreLocation {
  /**
   * into how many parts a new collection is cut, to be spread over a cluster's nodes: Citus and
   * Qdrant
   */
  shards?: number;
  /** how many nodes hold a copy of each part: Qdrant */
  replicas?: number;
}

/**
 * All that llm-lab says about an engine: help, hints, `doctor` and docs/stores.md are made of
 * these.
 */
export interface Engine {
  name: StoreName;
  /** what it is, as the end of "It runs as …" */
  runsAs: string;
  needs: "folder" | "address" | "nothing";
  /** how its addresses begin; the first is the one that llm-lab writes */
  schemes: readonly string[];
  /** what to type to choose it */
  example: string;
  /** environment variables that say where its server is, and which key opens it */
  settings: { address?: string; key?: string };
  /**
   * Opens a collection, and makes it if it is not there. The engine's package is loaded only now.
   */
  open(options: StoreOptions): Promise<LabVectorStore>;
  /**
   * Asks the server for a sign of life, for `doctor`; undefined for an engine without a server.
   *
   * @returns what answered, such as "PostgreSQL 16.4"
   */
  reach?(location: StoreLocation): Promise<string>;
  /** The collections that are there, of an engine that can tell. */
  collections?(location: StoreLocation): Promise<Collection[]>;
}

/** The engines, in the order in which they are named; the first is used when nothing is said. */
const BY_NAME: Record<StoreName, Omit<Engine, "name">> = {
  lancedb: {
    runsAs: "a library, on a folder",
    needs: "folder",
    schemes: [],
    example: "lancedb",
    settings: {},
    open: async (options) => {
      (await import("./lancedb/log.ts")).quietLance();
      await (await import("./lancedb/native.ts")).requireLance();
      const path = required(options.path, "folder");
      return (await import("./lancedb/store.ts")).LanceStore.open({ ...options, path });
    },
    collections: async ({ path }) => {
      (await import("./lancedb/log.ts")).quietLance();
      await (await import("./lancedb/native.ts")).requireLance();
      return (await import("./lancedb/table.ts")).collectionsIn(required(path, "folder"));
    },
  },
  pgvector: {
    runsAs: "a Postgres server, or a Citus cluster",
    needs: "address",
    schemes: ["postgres", "postgresql"],
    example: "postgres://user:password@host/database",
    settings: { address: "POSTGRES_URL" },
    open: async (options) => {
      const url = required(options.url, "address");
      return (await import("./pgvector/store.ts")).PgStore.open({ ...options, url });
    },
    reach: async ({ url }) =>
      (await import("./pgvector/table.ts")).reachPostgres(required(url, "address")),
  },
  qdrant: {
    runsAs: "a server, or a cluster of them",
    needs: "address",
    schemes: ["http", "https", "qdrant"],
    example: "http://host:6333",
    settings: { address: "QDRANT_URL", key: "QDRANT_API_KEY" },
    open: async (options) => {
      const url = required(options.url, "address");
      return (await import("./qdrant/store.ts")).QdrantStore.open({ ...options, url });
    },
    reach: async ({ url, apiKey }) =>
      (await import("./qdrant/collection.ts")).reachQdrant(required(url, "address"), apiKey),
  },
  memory: {
    runsAs: "a library, in memory",
    needs: "nothing",
    schemes: [],
    example: "memory",
    settings: {},
    open: async (options) => (await import("./memory.ts")).MemoryStore.open(options),
  },
};

export const STORE_NAMES = Object.keys(BY_NAME) as StoreName[];

export const ENGINES: readonly Engine[] = STORE_NAMES.map((name) => ({ name, ...BY_NAME[name] }));

/** The environment variables that any engine reads. */
export const STORE_VARIABLES: readonly string[] = ENGINES.flatMap(({ settings }) =>
  [settings.address, settings.key].filter((name) => name !== undefined),
);

export function engineNamed(name: StoreName): Engine {
  return { name, ...BY_NAME[name] };
}

/** The engine whose addresses begin with a scheme. */
export function engineFor(scheme: string): Engine | undefined {
  return ENGINES.find(({ schemes }) => schemes.includes(scheme));
}

/** @throws LabError where the default engine's package is missing */
export async function requireDefault(): Promise<void> {
  await (await import("./lancedb/native.ts")).requireLance();
}

export function openStore(options: StoreOptions): Promise<LabVectorStore> {
  return engineNamed(options.store).open(options);
}

/** The words that follow `--store` in a help text. */
export function describeChoices(except: readonly StoreName[] = []): string {
  const engines = ENGINES.filter(({ name }) => !except.includes(name));
  const names = engines.map(({ name }) => name).join(", ");
  const begins = engines.flatMap(({ schemes }) => (schemes[0] ? [`${schemes[0]}://…`] : []));
  return `${names}, or an address: ${begins.join(", ")}`;
}

/** `locateStore` gives each engine what it needs, so this is never seen. */
function required(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`the store was opened without its ${what}`);
  return value;
}
