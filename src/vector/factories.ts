import type { DocumentInterface } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { LabError } from "../errors.ts";
import type { LabVectorStore } from "./store.ts";

/** What an engine's `open` takes, but for the embeddings. */
// biome-ignore lint/suspicious/noExplicitAny: each engine takes options of its own, as LangChain has it
export type FactoryConfig = Record<string, any>;

/** A class of stores. */
export interface StoreClass {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  open(options: any): Promise<LabVectorStore>;
}

/** Opens a collection and adds documents, as LangChain's `fromDocuments` does. */
export async function openFilled(
  Store: StoreClass,
  documents: DocumentInterface[],
  embeddings: EmbeddingsInterface,
  config: FactoryConfig,
): Promise<LabVectorStore> {
  if (!config.model)
    throw new LabError(
      "The name of the embedding model is missing",
      'Give it with the settings, for example { model: "text-embedding-3-small" }.',
      2,
    );
  const store = await Store.open({ ...config, embeddings });
  try {
    await store.addDocuments(documents);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** @param metadatas one for each text, or one for all */
export function documentsFor(texts: string[], metadatas: object[] | object): DocumentInterface[] {
  return texts.map((pageContent, at) => ({
    pageContent,
    metadata: { ...(Array.isArray(metadatas) ? metadatas[at] : metadatas) },
  }));
}
