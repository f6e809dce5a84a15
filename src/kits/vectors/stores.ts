import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { openStore, type StoreOptions } from "../../vector/engines.ts";
import { locateStore } from "../../vector/locate.ts";
import { Unsupported } from "../../vector/unsupported.ts";
import { textsIn } from "./folder.ts";
import type { StorePlace, Stores, VectorsPort } from "./tools.ts";

/**
 * The vector store of a run: the engine that --store names, with collections of this run alone, so that nothing
 * of anybody's is touched on a server.
 *
 * @throws LabError with exit code 2 for a store that there is not
 */
export function lessonStores(port: VectorsPort): Stores {
  const { model } = port;
  const { store: name, url, apiKey } = locateStore(port);
  const run = `lab${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
  const vectors = new Map<string, number[]>();
  const optionsOf = (place: StorePlace): StoreOptions => ({
    ...place,
    model: place.model ?? model,
    store: name,
    url,
    apiKey,
    path: place.folder,
    collection: name === "lancedb" ? place.collection : `${run}-${place.collection}`,
  });
  return {
    open: (place) => openStore(optionsOf(place)),
    remembering: (embeddings) => remembering(embeddings, vectors),
    outlives: url !== undefined,
    handbook: async () => (await import("../../documents/handbook-passages.ts")).passages(),
    folder: async (path) =>
      path === "the handbook"
        ? (await import("../../documents/handbook-passages.ts")).chapterTexts()
        : (await textsIn(path)).map(({ file, text }) => textDocument(file, text)),
    async write(place, wish) {
      if (name === "memory") throw new Unsupported("memory", "be written to by another process");
      const { write } = await import("./writer.ts");
      return write({ ...optionsOf(place), ...wish, collection: optionsOf(place).collection }, port);
    },
    memory() {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
  };
}

const textDocument = (source: string, text: string) =>
  new Document({ pageContent: text, metadata: { source } });

/** What is no longer used goes, so that what is left can be measured. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/** Embeddings that ask for each text once. */
function remembering(
  embeddings: EmbeddingsInterface,
  known: Map<string, number[]>,
): EmbeddingsInterface {
  return {
    async embedDocuments(texts) {
      const missing = [...new Set(texts.filter((text) => !known.has(text)))];
      const made = missing.length > 0 ? await embeddings.embedDocuments(missing) : [];
      for (const [at, text] of missing.entries()) known.set(text, made[at] ?? []);
      return texts.map((text) => known.get(text) ?? []);
    },
    embedQuery: (text) => embeddings.embedQuery(text),
  };
}
