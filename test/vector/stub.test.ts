import { describe, expect, test } from "vitest";
import type { Collection } from "../../src/vector/collection.ts";
import { LabVectorStore } from "../../src/vector/store.ts";
import type { IndexKind } from "../../src/vector/types.ts";
import { CLAIMS, type Claim } from "./claims.ts";
import { type Context, casesFor } from "./conformance.ts";
import { DIMENSION, embeddings } from "./material.ts";

/** The first hour of a new store: it extends the class, and each of its parts does nothing yet. */
class EmptyStore extends LabVectorStore {
  readonly indexes: readonly IndexKind[] = [];

  override _vectorstoreType(): string {
    return "memory";
  }
  protected override async write(): Promise<void> {}
  protected override async removeIds(): Promise<void> {}
  protected override async removeWhere(): Promise<void> {}
  protected override async nearest() {
    return [];
  }
  protected override async matching() {
    return [];
  }
  protected override async countRows(): Promise<number> {
    return 0;
  }
  protected override async rowsOf() {
    return [];
  }
  protected override async *pages() {}
  protected override explain(error: unknown): unknown {
    return error;
  }
  override async createIndex(): Promise<void> {}
  override async compact(): Promise<void> {}
  override async versions() {
    return [];
  }
  override async at() {
    return this;
  }
  override async restore(): Promise<void> {}
  override async close(): Promise<void> {}
  override async drop(): Promise<void> {}
}

/** A worse one: it checks nothing either, and says "done" to whatever it is asked. */
class YesStore extends EmptyStore {
  override async addDocuments(documents: { id?: string }[]) {
    return documents.map((one, at) => one.id ?? `${at}`);
  }
  override async addVectors(_vectors: number[][], documents: { id?: string }[]) {
    return documents.map((one, at) => one.id ?? `${at}`);
  }
  override async delete(): Promise<void> {}
  override async searchVector() {
    return [];
  }
  override async get() {
    return [];
  }
  override async count() {
    return 0;
  }
  override async *scan() {}
  override async keywordSearch() {
    return [];
  }
}

/** Processes that say that they have written all they were told to. */
const YES_WRITERS: Context["writers"] = {
  async start(settings, onLine) {
    const { batches = 1 } = settings as { batches?: number };
    const wrote = Array.from({ length: Math.min(batches, 10) }, (_, at) => `wrote ${at}`);
    const lines = ["ready", ...wrote];
    for (const line of lines) onLine?.(line, () => {});
    return lines;
  },
  remove() {},
};

const NOTHING: Partial<Record<Claim, string>> = Object.fromEntries(
  Object.keys(CLAIMS).map((claim) => [claim, "It is not written yet"]),
);

describe.each([
  ["a store whose parts do nothing", EmptyStore],
  ["a store that says yes to everything", YesStore],
] as const)("%s fails every check", (_name, Store) => {
  const contextFor = (): Context => ({
    place: { store: "memory" },
    writers: YES_WRITERS,
    async open({ dimension = DIMENSION, model = "test", collection = "documents" } = {}) {
      const made: Collection = { name: collection, model, dimension };
      return new Store(embeddings, made);
    },
  });

  test.each(casesFor({}))("of what it can do: $name", async ({ run }) => {
    await expect(run(contextFor())).rejects.toThrow();
  });

  test.each(casesFor(NOTHING))("of what it says it cannot do: $name", async ({ run }) => {
    await expect(run(contextFor())).rejects.toThrow();
  });
});
