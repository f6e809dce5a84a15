import { LabError } from "../errors.ts";
import type { OpenOptions } from "./collection.ts";
import { STORE_NAMES, type StoreName } from "./names.ts";
import type { LabVectorStore } from "./store.ts";

export interface StoreOptions extends OpenOptions {
  /** one of {@link STORE_NAMES}, or the address of a server, which tells the engine */
  store: string;
  /** the server: postgres://… or http://… */
  url?: string;
  /** Qdrant's key */
  apiKey?: string;
  /** LanceDB's folder */
  path?: string;
  /** into how many parts a new collection is cut, to be spread over a cluster's nodes: Citus and Qdrant */
  shards?: number;
  /** how many nodes hold a copy of each part: Qdrant */
  replicas?: number;
}

/**
 * Opens a collection in the store named, and makes it if it is not there. The engine's package is loaded only
 * now, and only that one.
 *
 * @throws LabError for a store, an address or a collection that cannot be used, and what to do about it
 */
export async function openStore(options: StoreOptions): Promise<LabVectorStore> {
  const { name, url } = placeOf(options);
  switch (name) {
    case "memory":
      return (await import("./memory.ts")).MemoryStore.open(options);
    case "lancedb": {
      const path = needed(options.path, "LanceDB needs a folder to keep its files in");
      (await import("./lancedb/log.ts")).quietLance();
      return (await import("./lancedb/store.ts")).LanceStore.open({ ...options, path });
    }
    case "pgvector": {
      const address = needed(url, "pgvector needs the address of a Postgres server");
      return (await import("./pgvector/store.ts")).PgStore.open({ ...options, url: address });
    }
    case "qdrant": {
      const address = needed(url, "Qdrant needs the address of its server");
      return (await import("./qdrant/store.ts")).QdrantStore.open({ ...options, url: address });
    }
  }
}

/** The engine, from its name or from the address that stands in its place. */
export function placeOf({ store, url }: Pick<StoreOptions, "store" | "url">): {
  name: StoreName;
  url?: string;
} {
  const scheme = /^([a-z]+):\/\//i.exec(store)?.[1]?.toLowerCase();
  if (scheme === "postgres" || scheme === "postgresql") return { name: "pgvector", url: store };
  if (scheme === "http" || scheme === "https") return { name: "qdrant", url: store };
  const name = STORE_NAMES.find((one) => one === store);
  if (name) return { name, url };
  // An address may hold a password, so no more of it is shown than its scheme.
  throw new LabError(
    scheme
      ? `No store answers at ${scheme}://`
      : `There is no store called ${JSON.stringify(store)}`,
    `Choose ${STORE_NAMES.join(", ")}, or give postgres://… or http://… .`,
    2,
  );
}

function needed(value: string | undefined, problem: string): string {
  if (value) return value;
  throw new LabError(
    problem,
    "Give it with --store postgres://user:password@host/database, --store http://host:6333 or --path <folder>.",
    2,
  );
}
