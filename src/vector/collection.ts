import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { LabError } from "../errors.ts";
import type { Knobs } from "./types.ts";

/** Stored with the vectors, because vectors of two models cannot be compared. */
export interface Collection {
  name: string;
  /** the embedding model's name */
  model: string;
  /** numbers in a vector */
  dimension: number;
}

/** What every store needs to open a collection. */
export interface OpenOptions {
  embeddings: EmbeddingsInterface;
  /** the embedding model's name, kept with the collection */
  model: string;
  /** numbers in a vector; found by embedding a word when left out */
  dimension?: number;
  /** "documents" when left out */
  collection?: string;
  knobs?: Knobs;
}

/** Describes a new collection. */
export async function newCollection(options: OpenOptions): Promise<Collection> {
  const { embeddings, model, dimension } = options;
  const name = collectionName(options);
  if (dimension !== undefined) return { name, model, dimension };
  const vector = await embeddings.embedQuery("dimension").catch((cause) => {
    // Wrapped, so that no engine takes the embedding model's failure for its own.
    throw new Error("the embedding model gave no vector", { cause });
  });
  return { name, model, dimension: vector.length };
}

/**
 * Checks what is written down with a collection that exists.
 *
 * @param written JSON as {@link toWritten} made it; undefined when somebody else made the
 *   collection
 */
export function knownCollection(
  written: string | undefined | null,
  options: OpenOptions,
): Collection {
  const name = collectionName(options);
  const known = parsed(written);
  if (!known)
    throw new LabError(
      `The collection "${name}" was not made by llm-lab`,
      "Choose another store or folder; llm-lab leaves this one as it is.",
    );
  if (known.model !== options.model)
    throw new LabError(
      `The collection "${name}" holds vectors of the embedding model ${known.model}, and vectors of ${options.model} cannot be compared with them`,
      `Set the embedding model to ${known.model}, or index again into another collection.`,
    );
  if (options.dimension !== undefined && options.dimension !== known.dimension)
    throw new LabError(
      `The collection "${name}" holds vectors of ${known.dimension} numbers, but you ask for ${options.dimension}`,
      `Ask the embedding model for ${known.dimension} numbers, or index again into another collection.`,
    );
  return { name, model: known.model, dimension: known.dimension };
}

/**
 * A collection that exists, by what is written down with it; undefined if llm-lab did not make it.
 */
export function writtenCollection(
  name: string,
  written: string | undefined | null,
): Collection | undefined {
  const known = parsed(written);
  return known && { name, ...known };
}

export function toWritten({ model, dimension }: Collection): string {
  return JSON.stringify({ format: 1, model, dimension });
}

/** Engines differ in the names they take, and LanceDB makes folders of them. */
export function collectionName({ collection = "documents" }: OpenOptions): string {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,47}$/.test(collection)) return collection;
  throw new LabError(
    `This cannot be the name of a collection: ${JSON.stringify(collection.slice(0, 80))}`,
    "Begin with a letter, and use letters, digits, - and _, 48 at most.",
    2,
  );
}

function parsed(written: string | undefined | null): Omit<Collection, "name"> | undefined {
  try {
    const { format, model, dimension } = JSON.parse(written ?? "");
    return format === 1 ? { model, dimension } : undefined;
  } catch {
    return undefined;
  }
}
