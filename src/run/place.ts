import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { dataFolder, namedSettings } from "../config.ts";
import { withoutSecrets } from "../mask.ts";
import { engineNamed, openStore, STORE_VARIABLES } from "../vector/engines.ts";
import { type Located, locateStore } from "../vector/locate.ts";
import type { LabVectorStore } from "../vector/store.ts";

/** Where documents are stored, as it was typed or set, or by default. */
export interface Place extends Located {
  /** the flags that lead to it again, to be shown in a hint */
  flags(place: "--in" | "--into"): string;
}

/** Reads `--store`, and `--into` or `--in`, which is LanceDB's folder or a server's address. */
export function locateDocuments(
  store: string | undefined,
  place: string | undefined,
  placeFlag: "--in" | "--into",
): Place {
  const settings = namedSettings(STORE_VARIABLES);
  const ownFolder = join(dataFolder(), "documents");
  const folder = place === undefined ? ownFolder : resolve(place);
  const located = locateStore({ store, place, placeFlag, settings, ownFolder });
  const flags = (flag: string) =>
    [
      store && ` --store ${shellWord(withoutSecrets(store))}`,
      place && ` ${flag} ${shellWord(withoutSecrets(place))}`,
    ].join("");
  return located.store === "lancedb"
    ? { ...located, path: folder, name: `lancedb in ${folder}`, flags }
    : { ...located, flags };
}

/**
 * Opens the collection of an embedding model; vectors of another model have a collection of their
 * own.
 */
export async function openPlace(
  { store, path, url, apiKey }: Place,
  model: string,
  embeddings: EmbeddingsInterface,
): Promise<LabVectorStore> {
  const collection = collectionOf(model);
  const dimension = DIMENSIONS[model];
  return openStore({ store, path, url, apiKey, model, embeddings, collection, dimension });
}

/** Whether something may be there: opening LanceDB's folder would make a collection in it. */
export async function mayHold({ path }: Place, model: string): Promise<boolean> {
  if (path === undefined) return true;
  return access(join(path, `${collectionOf(model)}.lance`)).then(
    () => true,
    () => false,
  );
}

/**
 * Opens all collections of documents at a place, to look at or to take from; nothing can be
 * embedded there. A server names no others than that of the model.
 */
export async function openCollections(
  place: Place,
  model: string | undefined,
): Promise<LabVectorStore[]> {
  const { store, path, url, apiKey } = place;
  const found = await engineNamed(store).collections?.(place);
  if (found === undefined)
    return model === undefined ? [] : [await openPlace(place, model, NO_EMBEDDINGS)];
  const collections = found.filter(({ name }) => name.startsWith(PREFIX));
  return Promise.all(
    collections.map(({ name, model: of, dimension }) =>
      openStore({
        store,
        path,
        url,
        apiKey,
        model: of,
        embeddings: NO_EMBEDDINGS,
        collection: name,
        dimension,
      }),
    ),
  );
}

const refuse = () => Promise.reject(new Error("a store that was opened to look at embeds nothing"));
const NO_EMBEDDINGS: EmbeddingsInterface = { embedQuery: refuse, embedDocuments: refuse };
const PREFIX = "documents_";

/** Known here, so that nothing is sent to a model that is paid for before it was agreed to. */
const DIMENSIONS: Record<string, number> = {
  "text-embedding-3-small": 1536,
  "text-embedding-3-large": 3072,
  "text-embedding-ada-002": 1536,
};

const LONGEST = 48;

function collectionOf(model: string): string {
  const name = `${PREFIX}${model.replace(/[^A-Za-z0-9-]/g, "_")}`;
  if (name.length <= LONGEST) return name;
  // Long names differ at their ends as well as in their beginnings.
  return `${name.slice(0, 24)}_${name.slice(-(LONGEST - 25))}`;
}

function shellWord(text: string): string {
  return /^[\w./:@…-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
