import { createHash } from "node:crypto";
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
import { QdrantRest } from "./rest.ts";

/** A collection with one point for each other, which says what its vectors are. */
const REGISTRY = "llm_lab_collections";

export interface QdrantOptions extends OpenOptions {
  url: string;
  apiKey?: string;
  shards?: number;
  replicas?: number;
}

export interface Opened {
  rest: QdrantRest;
  collection: Collection;
}

/** Connects, and makes the collection where it is not there. */
export async function openCollection(options: QdrantOptions): Promise<Opened> {
  const rest = new QdrantRest(options.url, options.apiKey);
  try {
    return { rest, collection: await settle(rest, options) };
  } catch (error) {
    throw error instanceof LabError ? error : explainQdrant(error, rest.at);
  }
}

/** Asks for a collection, which takes the key that searches take. */
export async function reachQdrant(url: string, apiKey?: string): Promise<string> {
  const rest = new QdrantRest(url, apiKey);
  try {
    await rest.exists(REGISTRY);
    return "Qdrant";
  } catch (error) {
    throw explainQdrant(error, rest.at);
  }
}

/** Written down first, made second: so whoever finds it unmade can make it. */
async function settle(rest: QdrantRest, options: QdrantOptions): Promise<Collection> {
  const name = collectionName(options);
  await make(rest, REGISTRY, { vectors: { size: 1, distance: "Dot" } });
  const found = await written(rest, name);
  if (found === undefined && (await rest.exists(name)))
    // A process that is just making it may have written it down by now.
    return knownCollection(await written(rest, name), options);
  const collection = found ? knownCollection(found, options) : await newCollection(options);
  if (!found) {
    const payload = { name, written: toWritten(collection) };
    await rest.upsert(REGISTRY, [{ id: pointId(name), vector: [1], payload }]);
  }
  await make(rest, name, {
    vectors: { size: collection.dimension, distance: "Cosine" },
    shard_number: options.shards,
    replication_factor: options.replicas,
  });
  await rest.indexField(name, { field_name: "tags", field_schema: "keyword" });
  return collection;
}

async function make(rest: QdrantRest, name: string, config: object): Promise<void> {
  if (await rest.exists(name)) return;
  try {
    await rest.create(name, config);
  } catch (error) {
    // Another process was faster.
    if (!(await rest.exists(name))) throw error;
  }
}

async function written(rest: QdrantRest, name: string): Promise<string | undefined> {
  const [point] = await rest.retrieve(REGISTRY, { ids: [pointId(name)], with_payload: true });
  return (point?.payload as { written?: string } | undefined)?.written;
}

export async function dropCollection(rest: QdrantRest, name: string): Promise<void> {
  await rest.drop(name);
  await rest.delete(REGISTRY, { points: [pointId(name)] });
}

/** Qdrant takes UUIDs for ids: one made of the hash of ours, which is kept beside it. */
export function pointId(id: string): string {
  const hex = createHash("sha256").update(id).digest("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-8$3-8$4-$5");
}
