import type { Document } from "@langchain/core/documents";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { findLabError } from "../../errors.ts";
import type { StepPort } from "../../lesson/kit.ts";
import type { StoreSettings } from "../../vector/locate.ts";
import type { LabVectorStore } from "../../vector/store.ts";
import type { Knobs } from "../../vector/types.ts";
import { Unsupported } from "../../vector/unsupported.ts";
import { project } from "./project.ts";

/** What the kit needs from the run. */
export interface VectorsPort {
  /** what --store says: a name, or the address of a server */
  store?: string;
  /** servers that are named in the environment or in .env */
  settings?: StoreSettings;
  /** the embedding model that the run uses */
  model: string;
  /** ends what other processes write */
  signal: AbortSignal;
  /** the path of the program itself, for starting it once more */
  program?: string;
}

/** A collection as a step asks for it; opened twice in a step, it is the same one. */
interface StoreWish {
  /** "documents" when left out */
  collection?: string;
  /** the run's, unless another is to be tried */
  embeddings?: EmbeddingsInterface;
  /** the name of that other embedding model */
  model?: string;
  dimension?: number;
  knobs?: Knobs;
}

/** Where and how a collection is opened. */
export interface StorePlace extends StoreWish {
  collection: string;
  embeddings: EmbeddingsInterface;
  /** for stores that live in one */
  folder: string;
}

/** A process of its own that writes documents, batch by batch. */
export interface WriterWish {
  /** what its documents' ids begin with */
  name: string;
  batches: number;
  /** documents of a batch */
  size: number;
  /** kill -9 after so many batches were confirmed, in the middle of the next */
  killAfter?: number;
  collection?: string;
}

export interface WriterReport {
  /** the ids that the store confirmed */
  confirmed: string[];
  wasKilled: boolean;
}

export interface FolderRead {
  documents: Document[];
  /** what of the folder was not read */
  note?: string;
}

/** The vector store of a run: what the steps share. */
export interface Stores {
  open(place: StorePlace): Promise<LabVectorStore>;
  /** whether a collection stays on a server until it is dropped */
  outlives: boolean;
  /** the run's embeddings; a text that was embedded before in the run is not sent again */
  remembering(embeddings: EmbeddingsInterface): EmbeddingsInterface;
  /** the handbook that ships, a passage each */
  handbook(): Promise<Document[]>;
  /** the texts in a folder; "the handbook" is the one that ships, as it is written */
  folder(path: string): Promise<FolderRead>;
  /** @throws Unsupported where no other process can reach the store */
  write(place: StorePlace, wish: WriterWish): Promise<WriterReport>;
}

/** What steps of sections with this kit are given. */
export interface VectorTools {
  /** Opens a collection of the step's own in the store of the run; it is gone with the step. */
  store(wish?: StoreWish): Promise<LabVectorStore>;
  /** The passages of the handbook that ships, as LangChain's documents. */
  handbook(): Promise<Document[]>;
  /** The texts in a folder; "the handbook" is the one that ships, as it is written. */
  folder(path: string): Promise<Document[]>;
  /** Does what some stores cannot do: then it says so, and gives nothing. */
  ifAble<T>(attempt: () => Promise<T>): Promise<T | undefined>;
  /** Has another process write to a collection, and kills it in the middle if asked to. */
  writer(wish: WriterWish): Promise<WriterReport>;
  /** Draws vectors as points of a map; those of a group share a glyph. */
  map(title: string, points: { label: string; group?: string; vector: number[] }[]): Promise<void>;
  /** Shows progress while `doing` runs. */
  work<T>(
    title: string,
    of: { count: number; unit: string },
    doing: (done: (count: number) => Promise<void>) => Promise<T>,
  ): Promise<T>;
  /** Says something about the run, where it depends on the store. */
  note(text: string): Promise<void>;
}

/** Ten events a second are enough. */
const SOON_MS = 100;

/** The tools of one step: the collections that it opens are gone when it ends. */
export function vectorTools(
  stores: Stores,
  { models: { embeddings }, emit, scratch, now }: StepPort,
): VectorTools {
  const collections = new Map<string, { place: StorePlace; opened: Promise<LabVectorStore>[] }>();
  let isOver = false;
  const placeOf = (wish: StoreWish): StorePlace => ({
    ...wish,
    collection: wish.collection ?? "documents",
    embeddings: wish.embeddings ?? stores.remembering(embeddings()),
    folder: scratch.file("store"),
  });
  scratch.onRemove(async () => {
    // A step that was interrupted goes on for a moment, and must make nothing anew.
    isOver = true;
    for (const { place, opened } of collections.values())
      await removed(place, opened, stores).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        return emit({ type: "note-shown", text: `A collection stays on the server: ${why}` });
      });
  });
  const known = (place: StorePlace) => {
    if (isOver) throw new Error("the step is over");
    const entry = collections.get(place.collection) ?? { place, opened: [] };
    collections.set(place.collection, entry);
    return entry;
  };
  const open = (place: StorePlace) => {
    const { opened } = known(place);
    // One after the other: only the first makes the collection and asks for a vector's length.
    const opening = Promise.allSettled(opened).then(() => stores.open(place));
    opened.push(opening);
    return opening;
  };
  return {
    store: async (wish = {}) => open(placeOf(wish)),
    handbook: () => stores.handbook(),
    async folder(path) {
      const { documents, note } = await stores.folder(path);
      if (note !== undefined) await emit({ type: "note-shown", text: note });
      return documents;
    },
    note: async (text) => emit({ type: "note-shown", text }),
    async ifAble(attempt) {
      try {
        return await attempt();
      } catch (error) {
        const known = findLabError(error);
        if (!(known instanceof Unsupported)) throw error;
        await emit({ type: "note-shown", text: `${known.message}. ${known.hint}` });
        return undefined;
      }
    },
    async writer(wish) {
      const place = placeOf({ collection: wish.collection ?? "documents" });
      // The collection is there, and of the right dimension, before others write to it.
      const store = await open(place);
      await store.close();
      return stores.write({ ...place, ...store.collection, collection: place.collection }, wish);
    },
    async map(title, points) {
      const { places, kept } = project(points.map(({ vector }) => vector));
      const placed = points.map(({ label, group = "" }, at) => ({ label, group, ...places[at]! }));
      await emit({ type: "map-shown", title, points: placed, kept });
    },
    async work(title, { count, unit }, doing) {
      const begun = now();
      let last = begun;
      let so = 0;
      await emit({ type: "work-start", work: title, title, of: count, unit });
      const result = await doing(async (done) => {
        so = done;
        if (now() - last < SOON_MS) return;
        last = now();
        await emit({ type: "work-step", work: title, done, of: count });
      });
      const ms = now() - begun;
      await emit({ type: "work-end", work: title, done: so, ms, outcome: "done" });
      return result;
    },
  };
}

/** Closes what a step opened of a collection, and removes it from its server. */
async function removed(place: StorePlace, opening: Promise<LabVectorStore>[], stores: Stores) {
  const settled = await Promise.allSettled(opening);
  const opened = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  // What the step closed itself may say so.
  await Promise.allSettled(opened.map((store) => store.close()));
  if (!stores.outlives) return;
  const [first] = opened;
  if (!first) return;
  const store = await stores.open({
    ...place,
    ...first.collection,
    collection: place.collection,
  });
  await store.drop();
}
