/**
 * A process that writes to a store: `node writer.mjs '{"store": …, "name": "a", "batches": 10, "size": 20}'`.
 * It says "ready", then "wrote <batch>" after each batch that the store confirmed, or what went wrong.
 */
import { findLabError } from "../../src/errors.ts";
import { openStore } from "../../src/vector/engines.ts";
import { embeddings } from "../vector/material.ts";

const { name, batches, size, shared, ...place } = JSON.parse(process.argv[2] ?? "{}");

try {
  const store = await openStore({ ...place, embeddings, model: "test", dimension: 4 });
  say("ready");
  for (let batch = 0; batch < batches; batch++) {
    const documents = Array.from({ length: size }, (_, n) => rowFor(batch, n));
    await store.addDocuments(documents);
    say(`wrote ${batch}`);
  }
  await store.close();
} catch (error) {
  say(`failed ${findLabError(error)?.message ?? (error as Error).stack}`);
}

/** Every second document has an id that all processes write, if they are to. */
function rowFor(batch: number, n: number) {
  const owner = shared && n % 2 === 0 ? "all" : name;
  const id = `${owner}-${batch}-${n}`;
  return {
    id,
    pageContent: `[${batch + 1} ${n + 1} 1 1] ${id} ${"x".repeat(500)}`,
    metadata: { id, batch, owner },
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
