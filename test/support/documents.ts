import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { openStore } from "../../src/vector/engines.ts";

/** Writes files below a folder, and the folders that they lie in. */
export function writeFiles(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Small documents that differ in every word that counts. */
export function manyFiles(count: number): Record<string, string> {
  const files = Array.from({ length: count }, (_, at): [string, string] => [
    `part ${at % 7}/note ${at}.md`,
    `# Note ${at}\n\nShelf ${at} holds the box ${at * 7919}.\n`,
  ]);
  return Object.fromEntries(files);
}

const NO_EMBEDDINGS = {} as EmbeddingsInterface;

/** All that an index of the offline embeddings holds, in the order of the ids. */
export async function rowsIn(path: string) {
  const store = await openStore({
    store: "lancedb",
    path,
    collection: "documents_offline-embedding-2",
    model: "offline-embedding-2",
    embeddings: NO_EMBEDDINGS,
  });
  const rows: {
    id?: string;
    text: string;
    metadata: Record<string, unknown>;
    vector?: number[];
  }[] = [];
  for await (const { document, vector } of store.scan({ vectors: true })) {
    const { id, pageContent: text } = document;
    const { indexed, ...metadata } = document.metadata;
    rows.push({ id, text, metadata, vector });
  }
  await store.close();
  return rows.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}
