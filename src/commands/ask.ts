import { LabError } from "../errors.ts";
import { embeddingModelOf, embeddingsOf } from "../run/embedding.ts";
import type { CommonOptions, Io } from "../run/io.ts";
import { type OpenRun, openRun } from "../run/open.ts";
import { countIn, locateDocuments, mayHold, openPlace, type Place } from "../run/place.ts";
import { folderStore, handbookStore } from "../run/transient.ts";
import { EVENTS_VERSION, type LabEvent } from "../trace/events.ts";
import type { LabVectorStore } from "../vector/store.ts";

export interface AskFlags extends CommonOptions {
  store?: string;
  in?: string;
  handbook?: boolean;
  k: string;
  minScore?: string;
  showPrompt?: boolean;
}

/** Answers a question from documents, with sources; returns the exit code. */
export async function ask(typed: string, flags: AskFlags, io: Io): Promise<number> {
  const question = typed.trim();
  if (question === "")
    throw new LabError("What is the question?", 'Write it down: llm-lab ask "…".', 2);
  const k = countIn("--k", flags.k, 1, 50);
  const minScore = scoreIn(flags.minScore);
  const run = await openRun({ ...flags, store: undefined }, io);
  const events: LabEvent[] = [];
  const emit = async (event: LabEvent) => {
    if (io.signal.aborted) return;
    events.push(event);
    await run.stage.emit(event);
  };
  let store: LabVectorStore | undefined;
  try {
    const model = embeddingModelOf(run);
    const place = locateDocuments(flags.store, flags.in, "--in");
    const opened = await openDocuments(place, model, run, flags);
    store = opened.store;
    if (store === undefined) return 0;
    const { name, note } = opened;
    await emit({ type: "run-start", version: EVENTS_VERSION, kind: "ask", ...run.run });
    await emit({ type: "ask-start", question, store: name, embeddingModel: model });
    if (note) await emit({ type: "note-shown", text: note });
    await answer({ question, k, minScore, store, run, events, emit }, flags.showPrompt ?? false);
    return 0;
  } finally {
    await store?.close();
    await run.close();
  }
}

interface Asking {
  question: string;
  k: number;
  minScore: number;
  store: LabVectorStore;
  run: OpenRun;
  events: readonly LabEvent[];
  emit(event: LabEvent): Promise<void>;
}

async function answer(asking: Asking, showPrompt: boolean): Promise<void> {
  const { question, store, run, events, emit } = asking;
  const { retrieve } = await import("../documents/retrieve.ts");
  const { askPrompt, citedIn, documentsText, isDeclined } = await import("../documents/prompt.ts");
  const { Recorder } = await import("../trace/recorder.ts");
  const { totalsOf } = await import("../trace/totals.ts");
  const passages = await retrieve(store, question, asking);
  await emit({ type: "passages-found", passages });
  const end = (text: string, answered: boolean) => {
    const cited = answered ? citedIn(text, passages) : [];
    const others = passages.length - cited.length;
    const totals = totalsOf(events);
    return emit({ type: "ask-end", answered, answer: text, cited, others, totals });
  };
  if (passages.length === 0) {
    await emit({ type: "note-shown", text: NOTHING_NEAR });
    return end(NOTHING_NEAR, false);
  }
  const recorder = new Recorder({ ...run, emit, now: () => performance.now() });
  const chain = askPrompt.pipe(run.connect(recorder).chat());
  const documents = documentsText(passages);
  const reply = await recorder.run(() => chain.invoke({ documents, question }));
  const sent = events.findLast((event) => event.type === "call-start");
  if (showPrompt && sent) await emit({ type: "prompt-shown", messages: sent.messages });
  await end(reply.text, !isDeclined(reply.text));
}

const NOTHING_NEAR = "I don't know: nothing in the documents is near the question.";
const INDEX_FIRST = "llm-lab index <folder> reads documents of your own.";

/** The store to search, and what to say about it; no store if a cost was not agreed to. */
async function openDocuments(
  place: Place,
  model: string,
  run: OpenRun,
  flags: AskFlags,
): Promise<{ store?: LabVectorStore; name: string; note?: string }> {
  const wish = { run, model, isAgreed: flags.yes ?? false };
  if (flags.handbook) return { store: await handbookStore(wish), name: "the handbook" };
  if (place.store === "memory")
    return { store: await folderStore(flags.in, wish), name: `${flags.in}, in memory` };
  if (await mayHold(place, model)) {
    const store = await openPlace(place, model, await embeddingsOf(run, model));
    if ((await store.count()) > 0) return { store, name: place.name };
    await store.close();
  }
  if (place.isDefault) {
    const note = `Nothing is indexed yet, so the handbook is asked. ${INDEX_FIRST}`;
    return { store: await handbookStore(wish), name: "the handbook", note };
  }
  throw new LabError(
    `Nothing is indexed in ${place.name} with the embedding model ${model}`,
    `Index a folder first: llm-lab index <folder>${place.flags("--into")}.`,
    2,
  );
}

function scoreIn(typed: string | undefined): number {
  if (typed === undefined) return USUAL_SCORE;
  const score = Number(typed);
  if (typed.trim() !== "" && score >= 0 && score <= 1) return score;
  throw new LabError(`"${typed}" is no score`, "Give a number from 0 to 1, for example 0.3.", 2);
}

/** Low, because what is near differs much between embedding models: the chat model is the one to decline. */
const USUAL_SCORE = 0.05;
