import { homedir } from "node:os";
import { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { openStore, type StoreOptions } from "../../vector/engines.ts";
import { locateStore } from "../../vector/locate.ts";
import { Unsupported } from "../../vector/unsupported.ts";
import type { FolderRead, StorePlace, Stores, VectorsPort } from "./tools.ts";

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
  const told = new Set<string>();
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
    handbook: async () => (await import("../../documents/handbook.ts")).handbookPassages(),
    async folder(path) {
      const { documents, note } = await readDocuments(path);
      if (note === undefined || told.has(note)) return { documents };
      told.add(note);
      return { documents, note };
    },
    async write(place, wish) {
      if (name === "memory") throw new Unsupported("memory", "be written to by another process");
      const { write } = await import("./writer.ts");
      return write({ ...optionsOf(place), ...wish, collection: optionsOf(place).collection }, port);
    },
  };
}

const MOST_FILES = 500;
const LARGEST = 1024 * 1024;

/** The documents of a lesson; a lesson is played in a moment, so only so much is read. */
async function readDocuments(typed: string): Promise<FolderRead> {
  if (typed === "the handbook") {
    const { handbookChapters } = await import("../../documents/handbook.ts");
    return { documents: handbookChapters().map(textDocument) };
  }
  const { describeLeftOut, readTexts } = await import("../../documents/texts.ts");
  const folder = typed.replace(/^~(?=\/|$)/, homedir());
  const read = await readTexts(folder, { largest: LARGEST, mostFiles: MOST_FILES });
  const more = read.isCut ? `Only the first ${MOST_FILES} files are read.` : undefined;
  const notes = [more, describeLeftOut(read.leftOut)].filter((note) => note !== undefined);
  return { documents: read.texts.map(textDocument), note: notes.join("\n") || undefined };
}

const textDocument = ({ file, text }: { file: string; text: string }) =>
  new Document({ pageContent: text, metadata: { source: file } });

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
