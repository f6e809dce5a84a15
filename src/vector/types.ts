import type { Condition, Filter } from "./filter.ts";
import type { StoredRow } from "./rows.ts";

/** How hard to look, where the engine has an index to look in; an engine ignores the knobs that it does not have. */
export interface Knobs {
  /** compare with every vector, whatever index there is */
  exact?: boolean;
  /** how many candidates a walk through a graph (HNSW) keeps */
  ef?: number;
  /** how many cells of an inverted file (IVF) are read */
  nprobes?: number;
  /** how many times k candidates are compared again with their full vectors */
  refine?: number;
}

export interface SearchOptions extends Knobs {
  k?: number;
  filter?: Filter;
  /** return the vectors too */
  vectors?: boolean;
}

/** `full-text` is for keyword search; the others are for vectors. */
export type IndexKind = "ivf-flat" | "ivf-rq" | "hnsw" | "hnsw-sq" | "full-text";

export interface IndexOptions {
  kind: IndexKind;
  /** cells of an inverted file; the engine chooses when left out */
  cells?: number;
  /** neighbours of a node in a graph */
  m?: number;
  /** candidates looked at while a graph is built */
  efConstruction?: number;
}

export interface Version {
  version: number;
  at: Date;
  rows: number;
}

export interface Query {
  vector: number[];
  k: number;
  condition: Condition | true;
  vectors: boolean;
  knobs: Knobs;
}

export type Scored = StoredRow & { score: number };

/** Which documents to delete; to delete everything, say `all`. */
export type Deletion = { ids: readonly string[] } | { filter: Filter } | { all: true };
