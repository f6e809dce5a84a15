import { realpath } from "node:fs/promises";
import { findLabError, LabError } from "../errors.ts";
import { integer } from "../lesson/params.ts";
import { agreeToEmbed } from "../run/consent.ts";
import { embeddingModelOf, embeddingsOf, LARGEST_BATCH } from "../run/embedding.ts";
import { flag, type OptionsOf, toggle, word } from "../run/flag.ts";
import { costFlags, endpointFlags, outputFlags } from "../run/flags.ts";
import type { Io } from "../run/io.ts";
import { BudgetSpent } from "../run/ledger.ts";
import { openRun, type Run } from "../run/open.ts";
import { locateDocuments, openPlace, type Place } from "../run/place.ts";
import { type Emit, EVENTS_VERSION, type EventOf, type LabEvent } from "../trace/events.ts";
import { totalsOf } from "../trace/totals.ts";
import { describeChoices } from "../vector/engines.ts";
import type { LabVectorStore } from "../vector/store.ts";
import { verb } from "./verb.ts";

const flags = {
  list: toggle("--list", "show what is indexed: folders, files, chunks, model, when, size"),
  remove: word("--remove <folder>", "take a folder out of the index"),
  into: word("--into <place>", "the store's folder, or its server's address"),
  store: word("--store <name|url>", describeChoices(["memory"])),
  chunkSize: flag(
    "--chunk-size <characters>",
    integer({ default: 800, min: 50, max: 8000, help: "the longest that a chunk may be" }),
  ),
  chunkOverlap: flag(
    "--chunk-overlap <characters>",
    integer({
      default: 100,
      min: 0,
      max: 10_000,
      help: "how much a chunk repeats of the one before",
    }),
  ),
  maxSize: flag(
    "--max-size <MB>",
    integer({ default: 10, min: 1, max: 1000, help: "the largest file that is read" }),
  ),
  batch: flag(
    "--batch <chunks>",
    integer({
      default: 128,
      min: 1,
      max: LARGEST_BATCH,
      help: "how many chunks are embedded and stored at once",
    }),
  ),
  ...outputFlags,
  ...endpointFlags,
  ...costFlags,
};

/** Brings the index into line with a folder. */
export const indexFolder = verb({
  name: "index",
  summary: "read a folder's Markdown, text, HTML and PDF files, so that they can be asked",
  argument: {
    spec: "[folder]",
    help: "the folder; what .gitignore names, hidden files and links are left out",
  },
  meantBy: (words) =>
    `Index one folder after the other: ${words.map((folder) => `llm-lab index ${folder}`).join(" && ")}.`,
  flags,
  notes: `Run it again whenever files have changed: only what is new is embedded, and what
is gone leaves. It may be interrupted at any moment. A folder that was moved or
deleted stays in the index until --remove; ask does not quote it meanwhile.

Example:
  llm-lab index ~/notes && llm-lab ask "When does the boiler need a service?"`,
  async run([named], options, io) {
    const place = locateDocuments(options.store, options.into, "--into");
    if (place.store === "memory")
      throw new LabError(
        "The store memory is empty again when the run has ended",
        'Leave out --store, or ask right away: llm-lab ask "…" --store memory --in <folder>.',
        2,
      );
    checkWords(named, options);
    if (named === undefined) return keepHouse(place, options, io);
    const { checkSizes } = await import("../documents/chunks.ts");
    const { MEGABYTE } = await import("../documents/walk.ts");
    const { chunkSize: size, chunkOverlap: overlap, maxSize, batch } = options;
    const sizes = checkSizes({ size, overlap });
    const settings = {
      folder: await folderToRead(named, place, io.signal),
      sizes,
      largest: maxSize * MEGABYTE,
      largestFlag: "--max-size",
      batch,
      now: io.now(),
    };
    const run = await openRun(options, io);
    try {
      const model = embeddingModelOf(run);
      const { folder } = settings;
      const why = `vectors by ${model}; ${run.about.why}`;
      const about = { ...run.about, model, why };
      await run.emit({ type: "run-start", version: EVENTS_VERSION, kind: "index", ...about });
      await run.emit({ type: "index-start", folder, store: place.name });
      const store = await openPlace(place, model, await embeddingsOf(run, model));
      try {
        await bringIntoLine({ store, place, run, settings, isAgreed: options.yes });
        const { forgetOlder } = await import("./indexed.ts");
        await forgetOlder(folder, { place, model, signal: run.signal });
      } finally {
        await store.close();
      }
      return 0;
    } catch (error) {
      throw withKept(error);
    } finally {
      await run.close();
    }
  },
});

type Options = OptionsOf<typeof flags>;

/** Either a folder is named, or one of the flags that take its place. */
function checkWords(named: string | undefined, { list, remove }: Options): void {
  const wishes = [named !== undefined, list, remove !== undefined].filter(Boolean).length;
  if (wishes === 1) return;
  throw wishes === 0
    ? new LabError(
        "Which folder?",
        "Name it: llm-lab index <folder>. llm-lab index --list shows what is indexed.",
        2,
      )
    : new LabError(
        "A folder to index, --list and --remove are three commands",
        "Give one of them at a time.",
        2,
      );
}

/** Shows what is indexed, or takes a folder out of it. */
async function keepHouse(place: Place, options: Options, io: Io): Promise<number> {
  const { listIndex, removeFromIndex } = await import("./indexed.ts");
  const run = await openRun(options, io);
  try {
    const wish = { place, model: run.embedding.model, signal: run.signal };
    await run.emit({ type: "run-start", version: EVENTS_VERSION, kind: "index", ...run.about });
    await run.emit(
      options.remove === undefined
        ? await listIndex(wish)
        : await removeFromIndex(options.remove, wish),
    );
    return 0;
  } finally {
    await run.close();
  }
}

/** The folder without links in its path; one that was indexed and is gone has a hint of its own. */
async function folderToRead(named: string, place: Place, signal: AbortSignal): Promise<string> {
  const { folderNamed } = await import("../documents/walk.ts");
  try {
    return await folderNamed(named);
  } catch (error) {
    const { hintIfGone } = await import("./indexed.ts");
    const hint = await hintIfGone(named, { place, signal });
    throw hint === undefined || !(error instanceof LabError)
      ? error
      : new LabError(error.message, hint, error.exitCode);
  }
}

/** A budget that ends an index loses nothing, which is worth saying. */
function withKept(error: unknown): unknown {
  const known = findLabError(error);
  if (!(known instanceof BudgetSpent)) return error;
  return new LabError(
    known.message,
    "Run it again with a larger --budget: what was embedded is kept.",
  );
}

interface Work {
  store: LabVectorStore;
  place: Place;
  run: Run;
  settings: {
    folder: string;
    sizes: { size: number; overlap: number };
    largest: number;
    largestFlag: string;
    batch: number;
    now: Date;
  };
  isAgreed: boolean;
}

async function bringIntoLine(work: Work): Promise<void> {
  const { store, place, run, settings, isAgreed } = work;
  const { emit, signal } = run;
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
  if (!(await agreeToEmbed(run, texts, isAgreed))) return;
  const embedded = await update(plan, {
    ...settings,
    store,
    embeddings: store.embeddings,
    signal,
    onRows: embedding,
  });
  await tidy(store, plan.rows.length / settings.batch);
  await emit({
    type: "index-end",
    files: plan.files,
    chunks: plan.chunks,
    embedded,
    ...embeddingsIn(run.events),
    leftOut: plan.leftOut,
    ask: `llm-lab ask "…"${place.flags("--in")}`,
    ms: performance.now() - started,
  });
}

/**
 * Tells how far a piece of work is: that it begins at its first step, and that it ends at its last.
 */
function workOf(about: Omit<EventOf<"work-start">, "type" | "of">, emit: Emit) {
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

/** What was sent to the embedding model, as the recorder saw it. */
function embeddingsIn(events: readonly LabEvent[]) {
  const requests = events.filter((event) => event.type === "texts-embedded");
  const { tokens, cost } = totalsOf(requests);
  return { requests: requests.length, tokens: tokens.input, cost };
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
