import { access, constants, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Connection, connect, type Table } from "@lancedb/lancedb";
import { LabError } from "../../errors.ts";
import { makeFolder } from "../../plain-file.ts";
import {
  type Collection,
  collectionName,
  knownCollection,
  newCollection,
  type OpenOptions,
  writtenCollection,
} from "../collection.ts";
import { schemaOf, WRITTEN } from "./arrow.ts";
import { damaged, explainLance } from "./failures.ts";

export interface Opened {
  db: Connection;
  table: Table;
  collection: Collection;
}

/** Opens the table of a collection in a folder; makes both where they are not there. */
export async function openTable(options: OpenOptions & { path: string }): Promise<Opened> {
  const { path } = options;
  const name = collectionName(options);
  try {
    makeFolder(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    // Without an interval of 0 a table would not see what other processes write.
    const db = await connect(path, { readConsistencyInterval: 0 });
    const table = (await openExisting(db, path, name)) ?? (await create(db, options));
    const written = (await table.schema()).metadata.get(WRITTEN);
    return { db, table, collection: knownCollection(written, options) };
  } catch (error) {
    throw error instanceof LabError ? error : explainLance(error, path);
  }
}

/** The collections in a folder that llm-lab made; none where there is no such folder. */
export async function collectionsIn(path: string): Promise<Collection[]> {
  const entries = await readdir(path).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const names = entries.flatMap((name) => (name.endsWith(".lance") ? [name.slice(0, -6)] : []));
  if (names.length === 0) return [];
  const db = await connect(path, { readConsistencyInterval: 0 });
  const found: Collection[] = [];
  for (const name of names.sort()) {
    const table = await openExisting(db, path, name);
    const collection = writtenCollection(name, (await table?.schema())?.metadata.get(WRITTEN));
    if (collection) found.push(collection);
    table?.close();
  }
  db.close();
  return found;
}

async function openExisting(db: Connection, path: string, name: string) {
  if (!(await hasVersion(path, name))) return undefined;
  try {
    return await db.openTable(name);
  } catch (error) {
    const told = explainLance(error, path);
    throw told instanceof LabError ? told : damaged(path, error);
  }
}

/** Whether a table was ever written: a process may have ended after it made the folder. */
async function hasVersion(path: string, name: string): Promise<boolean> {
  const files = await readdir(join(path, `${name}.lance`)).catch((error) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return files.some((file) => file === "data" || file === "_versions");
}

async function create(db: Connection, options: OpenOptions): Promise<Table> {
  const collection = await newCollection(options);
  return db.createEmptyTable(collection.name, schemaOf(collection), { existOk: true });
}
