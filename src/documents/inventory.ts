import { existsSync } from "node:fs";
import type { IndexedFolder } from "../trace/events.ts";
import type { LabVectorStore } from "../vector/store.ts";
import type { ChunkFields } from "./ledger.ts";

/** The folders that a store holds chunks of, by name. */
export async function foldersIn(
  store: LabVectorStore,
  signal?: AbortSignal,
): Promise<IndexedFolder[]> {
  const found = new Map<string, { files: Set<string>; chunks: number; indexed: string | null }>();
  for await (const { document } of store.scan()) {
    signal?.throwIfAborted();
    const { folder, file, indexed } = document.metadata as ChunkFields;
    const known = found.get(folder) ?? { files: new Set(), chunks: 0, indexed: null };
    known.files.add(file);
    known.chunks += 1;
    if (indexed && indexed > (known.indexed ?? "")) known.indexed = indexed;
    found.set(folder, known);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, { files, chunks, indexed }]) => ({
      folder,
      isThere: isLocal(store) ? existsSync(folder) : null,
      model: store.collection.model,
      files: files.size,
      chunks,
      indexed,
    }));
}

/** Takes a folder's chunks out of a store; returns how many there were. */
export async function removeFolder(store: LabVectorStore, folder: string): Promise<number> {
  const filter = { key: "folder", eq: folder };
  const chunks = await store.count(filter);
  if (chunks > 0) await store.delete({ filter });
  return chunks;
}

/**
 * Whether a store lies beside the folders that it holds; a server may hold those of another
 * machine.
 */
export function isLocal(store: LabVectorStore): boolean {
  return store._vectorstoreType() === "lancedb";
}
