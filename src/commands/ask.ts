import { LabError } from "../errors.ts";
import { integer, number } from "../lesson/params.ts";
import { embeddingModelOf, embeddingsOf } from "../run/embedding.ts";
import { flag, type OptionsOf, toggle, word } from "../run/flag.ts";
import { costFlags, endpointFlags, outputFlags } from "../run/flags.ts";
import { openRun, type Run } from "../run/open.ts";
import { locateDocuments, mayHold, openPlace, type Place } from "../run/place.ts";
import { folderStore, handbookStore } from "../run/transient.ts";
import { EVENTS_VERSION } from "../trace/events.ts";
import { describeChoices } from "../vector/engines.ts";
import type { LabVectorStore } from "../vector/store.ts";
import { verb } from "./verb.ts";

const flags = {
  in: word("--in <place>", "the store's folder, or its server's address"),
  store: word("--store <name|url>", describeChoices()),
  handbook: toggle("--handbook", "ask the handbook that llm-lab brings along"),
  k: flag(
    "--k <number>",
    integer({ default: 4, min: 1, max: 50, help: "how many passages the model is given" }),
  ),
  // Low, because nearness differs much between embedding models: the chat model declines.
  minScore: flag(
    "--min-score <number>",
    number({ default: 0.05, min: 0, max: 1, help: "how near a passage must be, from 0 to 1" }),
  ),
  showPrompt: toggle("--show-prompt", "print the prompt as it was sent"),
  format: outputFlags.format,
  report: outputFlags.report,
  ...endpointFlags,
  ...costFlags,
};

type Options = OptionsOf<typeof flags>;

/** Answers a question from documents, with sources. */
export const ask = verb({
  name: "ask",
  summary: "ask the documents that were indexed; the answer names its sources",
  argument: {
    spec: "<question...>",
    help: "in quotation marks, so that the shell leaves it alone",
  },
  flags,
  notes: `Offline, the answer is a quotation; where the documents have none, it says so.
With --store memory, --in names a folder of documents, which is indexed for this
question only.

Example:
  llm-lab ask "How do I mend a puncture?" --show-prompt`,
  async run(words, options, io) {
    const question = words.join(" ").trim();
    if (question === "")
      throw new LabError("What is the question?", 'Write it down: llm-lab ask "…".', 2);
    const run = await openRun(options, io);
    let store: LabVectorStore | undefined;
    try {
      const model = embeddingModelOf(run);
      const place = locateDocuments(options.store, options.in, "--in");
      const { emit, about } = run;
      // Documents that are read for this question only are embedded next.
      await emit({ type: "run-start", version: EVENTS_VERSION, kind: "ask", ...about });
      const opened = await openDocuments(place, model, run, options);
      store = opened.store;
      if (store === undefined) return 0;
      const { name, note } = opened;
      await emit({ type: "ask-start", question, store: name, embeddingModel: model });
      if (note) await emit({ type: "note-shown", text: note });
      const own = await ownModel(model);
      await answer({ ...options, question, own, store, run }, options.showPrompt);
      return 0;
    } finally {
      await store?.close();
      await run.close();
    }
  },
});

interface Asking {
  question: string;
  k: number;
  minScore: number;
  own: Awaited<ReturnType<typeof ownModel>>;
  store: LabVectorStore;
  run: Run;
}

async function answer(asking: Asking, showPrompt: boolean): Promise<void> {
  const { question, own, store, run } = asking;
  const { events, emit } = run;
  const { retrieve } = await import("../documents/retrieve.ts");
  const { askPrompt, citedIn, documentsText, isDeclined, sentencesOf } = await import(
    "../documents/prompt.ts"
  );
  const { totalsOf } = await import("../trace/totals.ts");
  const wish = { ...asking, aim: own?.questionVector, signal: run.signal };
  const { passages, gone } = await retrieve(store, question, wish);
  for (const folder of gone) await emit({ type: "note-shown", text: goneNote(folder) });
  await emit({ type: "passages-found", passages });
  const nearestOf = async () => {
    const first = passages.slice(0, MOST_NEAREST);
    const parts = first.map((one) => ({ heading: one.heading, sentences: sentencesOf(one) }));
    const chosen = await own?.nearestSentences(question, parts);
    return first.map((passage, at) => {
      const sentence = chosen?.[at] ?? parts[at]?.sentences[0] ?? "";
      return { passage, sentence };
    });
  };
  const end = async (text: string, answered: boolean) => {
    const cited = answered ? citedIn(text, passages) : [];
    const others = passages.length - cited.length;
    const nearest = answered ? [] : await nearestOf();
    const totals = totalsOf(events);
    return emit({ type: "ask-end", answered, answer: text, cited, others, nearest, totals });
  };
  if (passages.length === 0) {
    await emit({ type: "note-shown", text: NOTHING_NEAR });
    return end(NOTHING_NEAR, false);
  }
  const { recorder, models } = await run.connect();
  const chain = askPrompt.pipe(models.chat());
  const documents = documentsText(passages);
  const reply = await recorder.run(() => chain.invoke({ documents, question }));
  const sent = events.findLast((event) => event.type === "call-start");
  if (showPrompt && sent) await emit({ type: "prompt-shown", messages: sent.messages });
  await end(reply.text, !isDeclined(reply.text));
}

/** What only our own embedding model has: vectors of questions, and meanings of sentences. */
async function ownModel(model: string) {
  const { EMBEDDING_MODEL } = await import("../offline/embeddings/protocol.ts");
  if (model !== EMBEDDING_MODEL) return undefined;
  const { questionVector } = await import("../offline/embeddings/question.ts");
  const { nearestSentences } = await import("../offline/embeddings/nearest-sentence.ts");
  return { questionVector, nearestSentences };
}

/** Without an answer, ask is still a search engine. */
const MOST_NEAREST = 3;

const goneNote = (folder: string) =>
  `${folder} was indexed and is no longer there, so nothing of it is quoted. llm-lab index --remove ${folder} takes it out of the index.`;

const NOTHING_NEAR = "I don't know: nothing in the documents is near the question.";
const INDEX_FIRST = "llm-lab index <folder> reads documents of your own.";

/** The store to search, and what to say about it; no store if a cost was not agreed to. */
async function openDocuments(
  place: Place,
  model: string,
  run: Run,
  flags: Pick<Options, "handbook" | "in" | "yes">,
): Promise<{ store?: LabVectorStore; name: string; note?: string }> {
  const wish = { run, model, isAgreed: flags.yes };
  if (flags.handbook) return { store: await handbookStore(wish), name: "the handbook" };
  if (place.store === "memory")
    return { store: await folderStore(flags.in, wish), name: `${flags.in}, in memory` };
  if (await mayHold(place, model)) {
    const store = await openPlace(place, model, await embeddingsOf(run, model));
    if ((await store.count()) > 0) return { store, name: place.name };
    await store.close();
  }
  const { indexedByOthers } = await import("./indexed.ts");
  const others = await indexedByOthers({ place, model, signal: run.signal });
  if (others !== undefined) throw others;
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
