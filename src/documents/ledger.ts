import { join } from "node:path";
import type { LabVectorStore } from "../vector/store.ts";

/** What is kept with each chunk in the store. Flat, so that filters can look at all of it. */
export interface ChunkFields {
  /** the folder that was indexed, and the file in it, with forward slashes */
  folder: string;
  file: string;
  /** a hash of the file's bytes and of how they were cut: as long as it stays, so do the chunks */
  made: string;
  /** a hash of the chunk's text: equal texts have equal vectors */
  chunk: string;
  /** the place of the chunk in its file, from 0, and how many there are */
  place: number;
  of: number;
  heading: string;
  /** when it was written, as ISO 8601 has it; rows of before November 2026 have none */
  indexed?: string;
  line?: number;
  page?: number;
}

interface KnownFile {
  ids: string[];
  /** for each way in which the file was made, which of its chunks are there */
  made: Map<string, { places: Set<number>; of: number }>;
}

/**
 * What the store holds, read off its own rows: there is no second list that could say something
 * else. A file of which a killed run left a part is not complete, and one of which two runs left
 * chunks has both.
 */
export class Ledger {
  readonly #files = new Map<string, KnownFile>();
  readonly #chunks = new Set<string>();

  static async of(store: LabVectorStore, signal?: AbortSignal): Promise<Ledger> {
    const ledger = new Ledger();
    for await (const { document } of store.scan()) {
      signal?.throwIfAborted();
      ledger.#add(document.id ?? "", document.metadata as ChunkFields);
    }
    return ledger;
  }

  get paths(): string[] {
    return [...this.#files.keys()];
  }

  idsOf(path: string): string[] {
    return this.#files.get(path)?.ids ?? [];
  }

  /** Whether all chunks of a file are there as they were made in this way, and no others. */
  isWhole(path: string, made: string): boolean {
    const known = this.#files.get(path);
    const way = known?.made.get(made);
    return way !== undefined && known?.made.size === 1 && way.places.size === way.of;
  }

  /** Whether some row has the vector of this text. */
  hasChunk(chunk: string): boolean {
    return this.#chunks.has(chunk);
  }

  #add(id: string, { folder, file, made, chunk, place, of }: ChunkFields): void {
    const path = join(folder, file);
    const known: KnownFile = this.#files.get(path) ?? { ids: [], made: new Map() };
    const way = known.made.get(made) ?? { places: new Set<number>(), of };
    way.places.add(place);
    known.made.set(made, way);
    known.ids.push(id);
    this.#files.set(path, known);
    this.#chunks.add(chunk);
  }
}
