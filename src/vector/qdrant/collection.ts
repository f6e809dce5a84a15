import { createHash } from "node:crypto";
import { QdrantClient } from "@qdrant/js-client-rest";
import { LabError } from "../../errors.ts";
import {
  type Collection,
  collectionName,
  knownCollection,
  newCollection,
  type OpenOptions,
  toWritten,
} from "../collection.ts";
import { explainQdrant } from "./failures.ts";

/** A collection with one point for each other, which says what its vectors are. */
const REGISTRY = "llm_lab_collections";

export interface QdrantOptions extends OpenOptions {
  url: string;
  apiKey?: string;
  shards?: number;
  replicas?: number;
}

export interface Opened {
  client: QdrantClient;
  /** scheme, host and port, for messages */
  at: string;
  collection: Collection;
}

/** Connects, and makes the collection where it is not there. */
export async function openCollection(options: QdrantOptions): Promise<Opened> {
  const { client, at } = connected(options);
  try {
    return { client, at, collection: await settle(client, options) };
  } catch (error) {
    throw error instanceof LabError ? error : explainQdrant(error, at);
  }
}

/** Written down first, made second: so whoever finds it unmade can make it. */
async function settle(client: QdrantClient, options: QdrantOptions): Promise<Collection> {
  const name = collectionName(options);
  await make(client, REGISTRY, { vectors: { size: 1, distance: "Dot" } });
  const found = await written(client, name);
  if (found === undefined && (await client.collectionExists(name)).exists)
    // A process that is just making it may have written it down by now.
    return knownCollection(await written(client, name), options);
  const collection = found ? knownCollection(found, options) : await newCollection(options);
  if (!found) {
    const payload = { name, written: toWritten(collection) };
    await client.upsert(REGISTRY, {
      wait: true,
      points: [{ id: pointId(name), vector: [1], payload }],
    });
  }
  await make(client, name, {
    vectors: { size: collection.dimension, distance: "Cosine" },
    shard_number: options.shards,
    replication_factor: options.replicas,
  });
  await client.createPayloadIndex(name, {
    wait: true,
    field_name: "tags",
    field_schema: "keyword",
  });
  return collection;
}

async function make(
  client: QdrantClient,
  name: string,
  config: Parameters<QdrantClient["createCollection"]>[1],
): Promise<void> {
  if ((await client.collectionExists(name)).exists) return;
  try {
    await client.createCollection(name, config);
  } catch (error) {
    // Another process was faster.
    if (!(await client.collectionExists(name)).exists) throw error;
  }
}

async function written(client: QdrantClient, name: string): Promise<string | undefined> {
  const [point] = await client.retrieve(REGISTRY, { ids: [pointId(name)], with_payload: true });
  return point?.payload?.written as string | undefined;
}

export async function dropCollection(client: QdrantClient, name: string): Promise<void> {
  await client.deleteCollection(name);
  await client.delete(REGISTRY, { wait: true, points: [pointId(name)] });
}

/** Qdrant takes UUIDs for ids: one made of the hash of ours, which is kept beside it. */
export function pointId(id: string): string {
  const hex = createHash("sha256").update(id).digest("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-8$3-8$4-$5");
}

function connected({ url, apiKey }: QdrantOptions): { client: QdrantClient; at: string } {
  let address: URL;
  try {
    address = new URL(url);
  } catch {
    // The address may hold a key, so it is not quoted.
    throw new LabError(
      "The address of Qdrant cannot be read",
      "Write http://host:6333, and give its key apart.",
      2,
    );
  }
  const key = apiKey ?? decodeURIComponent(address.password);
  address.username = "";
  address.password = "";
  const port = address.port || (address.pathname === "/" ? "6333" : "");
  const client = new QdrantClient({
    url: `${address.protocol}//${address.hostname}`,
    port: port ? Number(port) : null,
    prefix: address.pathname === "/" ? undefined : address.pathname.replace(/\/$/, ""),
    // Not as its own option: the client would warn on the console about http on loopback too.
    headers: key ? { "api-key": key } : {},
    checkCompatibility: false,
  });
  return { client, at: `${address.protocol}//${address.hostname}${port && `:${port}`}` };
}
