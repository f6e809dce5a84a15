import { LabError } from "../errors.ts";
import type { LabVectorStore } from "../vector/store.ts";
import { agreeToEmbed } from "./consent.ts";
import { embeddingsOf } from "./embedding.ts";
import type { Run } from "./open.ts";

interface Wish {
  run: Run;
  model: string;
  /** whether the cost was agreed to beforehand */
  isAgreed: boolean;
}

/** A store of the handbook's passages, in memory; undefined if its cost was not agreed to. */
export async function handbookStore(wish: Wish): Promise<LabVectorStore | undefined> {
  const { handbookChunks } = await import("../documents/handbook.ts");
  const documents = handbookChunks();
  if (
    !(await agreeToEmbed(
      wish.run,
      documents.map((document) => document.pageContent),
      wish.isAgreed,
    ))
  )
    return undefined;
  const store = await emptyStore(wish);
  await store.addDocuments(documents);
  return store;
}

/** A store of a folder's documents, in memory; undefined if its cost was not agreed to. */
export async function folderStore(
  named: string | undefined,
  wish: Wish,
): Promise<LabVectorStore | undefined> {
  if (named === undefined)
    throw new LabError(
      "The store memory is empty whenever llm-lab starts",
      "Name a folder of documents with --in, which is read for this question only, or leave out --store.",
      2,
    );
  const { folderNamed, MEGABYTE } = await import("../documents/walk.ts");
  const { Ledger } = await import("../documents/ledger.ts");
  const { planUpdate } = await import("../documents/plan.ts");
  const { update } = await import("../documents/update.ts");
  const { signal } = wish.run;
  const sizes = { size: 800, overlap: 100 };
  const settings = { folder: await folderNamed(named), sizes, largest: 10 * MEGABYTE };
  const plan = await planUpdate(settings, new Ledger(), () => {}, signal);
  if (!(await agreeToEmbed(wish.run, [...plan.texts.values()], wish.isAgreed))) return undefined;
  const store = await emptyStore(wish);
  const { embeddings } = store;
  await update(plan, { store, embeddings, batch: 128, signal, onRows: () => {} });
  return store;
}

async function emptyStore({ run, model }: Wish): Promise<LabVectorStore> {
  const { openStore } = await import("../vector/engines.ts");
  return openStore({ store: "memory", model, embeddings: await embeddingsOf(run, model) });
}
