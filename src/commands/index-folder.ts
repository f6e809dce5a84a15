import { realpath } from "node:fs/promises";
import { findLabError, LabError } from "../errors.ts";
import {
  agreeToEmbed,
  embeddingModelOf,
  embeddingsOf,
  LARGEST_BATCH,
  Spending,
} from "../run/embedding.ts";
import type { CommonOptions, Io } from "../run/io.ts";
import { type OpenRun, openRun } from "../run/open.ts";
import { countIn, locateDocuments, openPlace, type Place } from "../run/place.ts";
import { EVENTS_VERSION, type EventOf, type LabEvent } from "../trace/events.ts";
import type { LabVectorStore } from "../vector/store.ts";

export interface IndexFlags extends CommonOptions {
  store?: string;
  into?: string;
  chunkSize: string;
  chunkOverlap: string;
  maxSize: string;
  batch: string;
}

/** Brings the index into line with a folder; returns the exit code. */
export async function indexFolder(named: string, flags: IndexFlags, io: Io): Promise<number> {
  const place = locateDocuments(flags.store, flags.into, "--into");
  if (place.store === "memory")
    throw new LabError(
      "The store memory is empty again when the run has ended",
      'Leave out --store, or ask right away: llm-lab ask "…" --store memory --in <folder>.',
      2,
    );
  const settings = await settingsOf(named, flags);
  const run = await openRun({ ...flags, store: undefined }, io);
  try {
    const model = embeddingModelOf(run);
    const emit = async (event: LabEvent) => {
      if (!io.signal.aborted) await run.stage.emit(event);
    };
    const { folder } = settings;
    const why = `vectors by ${model}; ${run.run.why}`;
    const about = { ...run.run, model, why };
    await emit({ type: "run-start", version: EVENTS_VERSION, kind: "index", ...about });
    await emit({ type: "index-start", folder, store: place.name });
    const store = await openPlace(place, model, await embeddingsOf(run, model));
    try {
      await bringIntoLine({ store, place, run, settings, isAgreed: flags.yes ?? false, emit });
    } finally {
      await store.close();
    }
    return 0;
  } finally {
    await run.close();
  }
}

async function settingsOf(named: string, flags: IndexFlags) {
  const { checkSizes } = await import("../documents/chunks.ts");
  const { folderNamed, MEGABYTE } = await import("../documents/walk.ts");
  const sizes = checkSizes({
    size: countIn("--chunk-size", flags.chunkSize, 50, 8000),
    overlap: countIn("--chunk-overlap", flags.chunkOverlap, 0, 10_000),
  });
  const largest = countIn("--max-size", flags.maxSize, 1, 1000) * MEGABYTE;
  const batch = countIn("--batch", flags.batch, 1, LARGEST_BATCH);
  const limits = { largest, largestFlag: "--max-size" };
  return { folder: await folderNamed(named), sizes, ...limits, batch };
}

interface Work {
  store: LabVectorStore;
  place: Place;
  run: OpenRun;
  settings: Awaited<ReturnType<typeof settingsOf>>;
  isAgreed: boolean;
  emit(event: LabEvent): Promise<void>;
}

async function bringIntoLine(work: Work): Promise<void> {
  const { store, place, run, settings, isAgreed, emit } = work;
  const { signal } = run;
  const { Ledger } = await import("../documents/ledger.ts");
  const { planUpdate } = await import("../documents/plan.ts");
  const { update } = await import("../documents/update.ts");
  const started = performance.now();
  const embedding = workOf({ work: "embedding", title: "embedding", unit: "chunks" }, emit);
  const told = workOf({ work: "reading", title: "reading", unit: "files", quick: true }, emit);
  const reading = async (done: number, of: number) => {
    // Files are many, and each is read in no time.
    const each = Math.ceil(of / 50);
    if (done === of || done % each === 0) await told(done, of);
  };
  const ledger = await Ledger.of(store, signal);
  const except = place.path && (await realpath(place.path));
  const plan = await planUpdate({ ...settings, except }, ledger, reading, signal);
  const texts = [...plan.texts.values()];
  if (!(await agreeToEmbed(texts, run, isAgreed))) return;
  const spent = new Spending(run);
  const embedded = await update(plan, {
    ...settings,
    store,
    embeddings: store.embeddings,
    signal,
    onRows: embedding,
    onTexts: (texts) => spent.on(texts),
  });
  await tidy(store, plan.rows.length / settings.batch);
  await emit({
    type: "index-end",
    files: plan.files,
    chunks: plan.chunks,
    embedded,
    ...spent.figures,
    leftOut: plan.leftOut,
    ask: `llm-lab ask "…"${place.flags("--in")}`,
    ms: performance.now() - started,
  });
}

/** Tells how far a piece of work is: that it begins at its first step, and that it ends at its last. */
function workOf(
  about: Omit<EventOf<"work-start">, "type" | "of">,
  emit: (event: LabEvent) => Promise<void>,
) {
  const { work } = about;
  let begun: number | undefined;
  return async (done: number, of: number) => {
    if (begun === undefined) await emit({ type: "work-start", ...about, of });
    begun ??= performance.now();
    await emit({ type: "work-step", work, done, of });
    const ms = performance.now() - begun;
    if (done === of) await emit({ type: "work-end", work, done, ms, outcome: "done" });
  };
}

const MANY_WRITES = 10;

/** Joins the small files that many writes leave, where the store has such. */
async function tidy(store: LabVectorStore, writes: number): Promise<void> {
  if (writes < MANY_WRITES || store._vectorstoreType() !== "lancedb") return;
  await store.compact().catch((error) => {
    // All is stored, and another process that writes may be in the way.
    if (!findLabError(error)) throw error;
  });
}
