import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import type { StoreOptions } from "../../src/vector/engines.ts";
import type { LabVectorStore } from "../../src/vector/store.ts";

interface Limits {
  /** in blocks, as the shell counts them */
  largestFile?: number;
}

/** Starts processes that write, from one program built once. */
export interface Writers {
  start(
    settings: object,
    onLine?: (line: string, kill: () => void) => void,
    limits?: Limits,
  ): Promise<string[]>;
  remove(): void;
}

export async function writers(): Promise<Writers> {
  const program = await bundle({ writer: "test/support/vector-writer.ts" });
  return {
    remove: program.remove,
    start: (settings, onLine, { largestFile } = {}) =>
      new Promise((resolve, reject) => {
        const limit = largestFile ? `ulimit -f ${largestFile} && ` : "";
        const argv = [process.execPath, program.file("writer"), JSON.stringify(settings)];
        const child = spawn("sh", ["-c", `${limit}exec "$@"`, "sh", ...argv], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        const lines: string[] = [];
        createInterface({ input: child.stdout }).on("line", (line) => {
          lines.push(line);
          onLine?.(line, () => child.kill("SIGKILL"));
        });
        child.on("error", reject);
        child.on("close", () => resolve(lines));
      }),
  };
}

interface Opens {
  open(): Promise<LabVectorStore>;
}

interface Where {
  place: Pick<StoreOptions, "store" | "url" | "path" | "apiKey">;
  writers: Writers;
}

const SIZE = 20;

/** Two processes make the same collection's rows at once, half of them with the same ids. */
export async function twoWriters({ place, writers: run, open }: Where & Opens) {
  const store = await open();
  // Both make the collection as well, at the same moment.
  await store.drop();
  const { name: collection } = store.collection;
  const settings = { ...place, collection, batches: 15, size: SIZE, shared: true };
  const said = await Promise.all(["a", "b"].map((name) => run.start({ ...settings, name })));
  expect(said.flat().filter((line) => line.startsWith("failed"))).toEqual([]);
  const made = await open();
  expect(await made.count()).toBe(450);
  for (const owner of ["all", "a", "b"])
    expect(await made.count({ key: "owner", eq: owner })).toBe(150);
  await made.drop();
}

/** A process is killed right after it was told that a batch is written, when it is at the next one. */
export async function killedTwice(
  store: LabVectorStore,
  { place, writers: run }: Where,
  wholeBatches: boolean,
) {
  const settings = { ...place, collection: store.collection.name, name: "k", size: 100 };
  for (const after of [0, 3]) {
    const lines = await run.start({ ...settings, batches: 1000 }, (line, kill) => {
      if (line === `wrote ${after}`) kill();
    });
    expect(lines).toContain(`wrote ${after}`);
    const confirmed = lines.filter((line) => line.startsWith("wrote")).length;
    const inBatches = new Map<number, number>();
    for await (const { document, vector } of store.scan({ vectors: true })) {
      const { id, batch } = document.metadata;
      expect(document.id).toBe(id);
      expect(document.pageContent.endsWith(`${id} ${"x".repeat(500)}`)).toBe(true);
      expect(vector).toHaveLength(4);
      inBatches.set(batch, (inBatches.get(batch) ?? 0) + 1);
    }
    for (let batch = 0; batch < confirmed; batch++) expect(inBatches.get(batch)).toBe(100);
    if (wholeBatches) expect(new Set(inBatches.values())).toEqual(new Set([100]));
  }
  // Run again to the end, it holds what an uninterrupted run does.
  await run.start({ ...settings, batches: 10 });
  expect(await store.count({ key: "batch", lt: 10 })).toBe(1000);
}
