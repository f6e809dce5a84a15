import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { foldersIn, removeFolder } from "../documents/inventory.ts";
import { LabError } from "../errors.ts";
import { openCollections, type Place } from "../run/place.ts";
import type { EventOf, IndexedFolder } from "../trace/events.ts";
import type { LabVectorStore } from "../vector/store.ts";

interface Wish {
  place: Place;
  /** the embedding model of the run, where it has one */
  model?: string;
  signal: AbortSignal;
}

/** What is indexed at a place, by all embedding models, and what room it takes. */
export async function listIndex({ place, model, signal }: Wish): Promise<EventOf<"index-listed">> {
  return inAll(place, model, async (stores) => {
    const folders: IndexedFolder[] = [];
    let bytes: number | null = null;
    for (const store of stores) {
      folders.push(...(await foldersIn(store, signal)));
      const used = await store.diskUse();
      if (used !== undefined) bytes = (bytes ?? 0) + used;
    }
    return { type: "index-listed", store: place.name, folders, bytes };
  });
}

/**
 * Takes a folder out of the index, by whatever models it was embedded.
 *
 * @throws LabError with exit code 2 if it is not in the index
 */
export async function removeFromIndex(
  named: string,
  { place, model, signal }: Wish,
): Promise<EventOf<"index-removed">> {
  return inAll(place, model, async (stores) => {
    const known: string[] = [];
    for (const store of stores)
      known.push(...(await foldersIn(store, signal)).map(({ folder }) => folder));
    const folder = await folderMeant(named, known);
    let chunks = 0;
    for (const store of stores) chunks += await removeFolder(store, folder);
    return { type: "index-removed", store: place.name, folder, chunks };
  });
}

/** A folder that is gone has no real path, so it is looked for as it was typed too. */
async function folderMeant(named: string, known: readonly string[]): Promise<string> {
  const typed = resolve(named);
  const real = await realpath(named).catch(() => typed);
  const found = [named, real, typed].find((one) => known.includes(one));
  if (found !== undefined) return found;
  const folders = [...new Set(known)];
  throw new LabError(
    `${named} is not in the index`,
    folders.length === 0
      ? "Nothing is indexed there."
      : `Indexed are ${folders.slice(0, 5).join(", ")}${folders.length > 5 ? " …" : ""}.`,
    2,
  );
}

/** The prefix of the names that the offline embeddings have had. */
const OFFLINE = "offline-embedding";

/**
 * Takes a folder out of what an earlier version of the offline embeddings made, which no program
 * can ask any more. It was embedded anew before, so nothing is lost on the way.
 */
export async function forgetOlder(folder: string, { place, model }: Wish): Promise<void> {
  if (!model?.startsWith(OFFLINE)) return;
  await inAll(place, model, async (stores) => {
    for (const store of stores) {
      const made = store.collection.model;
      if (made.startsWith(OFFLINE) && made !== model) await removeFolder(store, folder);
    }
  });
}

/** What is wrong where all that is indexed was embedded by models that this run does not use. */
export async function indexedByOthers(wish: Wish): Promise<LabError | undefined> {
  if (wish.place.path === undefined) return undefined;
  const { folders } = await listIndex(wish);
  const [first] = folders;
  if (first === undefined || folders.some(({ model }) => model === wish.model)) return undefined;
  const names = [...new Set(folders.map(({ model }) => model))].join(", ");
  return new LabError(
    `What is indexed in ${wish.place.name} was embedded by ${names}, and this run embeds by ${wish.model}`,
    `Index it again: llm-lab index ${first.folder}${wish.place.flags("--into")}${folders.length > 1 ? "; llm-lab index --list shows the other folders" : ""}.`,
    2,
  );
}

/** What to do about a folder that cannot be found, if it was indexed before. */
export async function hintIfGone(named: string, wish: Wish): Promise<string | undefined> {
  const typed = resolve(named);
  if (existsSync(typed)) return undefined;
  // A server may hold folders of another machine.
  if (wish.place.path === undefined) return undefined;
  const { folders } = await listIndex(wish);
  if (!folders.some(({ folder }) => folder === typed)) return undefined;
  const flags = wish.place.flags("--into");
  return `It was indexed before. If it has moved, index it where it is now: llm-lab index <folder>${flags}; llm-lab index --remove ${named}${flags} takes out what is gone.`;
}

async function inAll<T>(
  place: Place,
  model: string | undefined,
  work: (stores: LabVectorStore[]) => Promise<T>,
): Promise<T> {
  const stores = await openCollections(place, model);
  try {
    return await work(stores);
  } finally {
    for (const store of stores) await store.close();
  }
}
