/**
 * How well questions find their passages: by the offline embeddings and their parts, by BM25, and
 * as `llm-lab ask` searches; and how many of the offline tutor's answers are right. The documents
 * are the handbook, thirty general passages, folders of notes and rules, two READMEs, the packages'
 * documents of node_modules, and notes among these. Questions that were kept aside are reported by
 * themselves: nothing was tuned on them.
 *
 * Run it with `npm run bench:retrieval`, or with `-- --json` for programs, `-- --open` to leave out
 * the kept ones,
 * `-- --short` to leave out the packages' documents, whose 12,000 chunks take minutes to embed.
 */
import { pathToFileURL } from "node:url";
import { answersTo } from "./bench-retrieval/answers.mjs";
import { methods } from "./bench-retrieval/methods.mjs";
import { corpora } from "./bench-retrieval/sets.mjs";
import { bundle } from "./bundle.mjs";

const has = (flag) => process.argv.includes(flag);
const MODULES = [
  "documents/ledger",
  "documents/plan",
  "documents/prompt",
  "documents/retrieve",
  "encoder/shape",
  "handbook/handbook",
  "handbook/passages",
  "language/stems",
  "language/words",
  "model/tokens",
  "offline/app",
  "offline/embeddings/embed",
  "offline/embeddings/hash",
  "offline/embeddings/question",
  "search/keywords",
  "vector/engines",
];
const sources = await load();
const ways = methods(sources);
const known = new Map();
const results = [];
for (const { name, chunks, sets } of await corpora(sources, chunksOf, has("--short"))) {
  const corpus = await embedded(unlike(chunks));
  const ranks = Object.fromEntries(Object.entries(ways).map(([way, of]) => [way, of(corpus)]));
  for (const [set, questions] of Object.entries(sets)) {
    for (const [part, asked] of Object.entries(partsOf(questions))) {
      if (asked.length === 0) continue;
      const result = {
        documents: name,
        chunks: corpus.chunks.length,
        set,
        part,
        questions: asked.length,
      };
      results.push(result);
      if (set !== "no answer") result.methods = await measured(corpus, ranks, asked);
      if (asked.every(({ ofFile }) => ofFile) || set === "no answer")
        result.answers = await answersTo(asked, corpus, sources);
      if (!has("--json")) print(result);
    }
  }
}
if (has("--json")) console.log(JSON.stringify(results, null, 2));

async function load() {
  const nameOf = (module) => module.replaceAll("/", "-");
  const entries = [...MODULES, "encoder/worker"].map((one) => [nameOf(one), `src/${one}.ts`]);
  const { file } = await bundle(Object.fromEntries(entries));
  const loaded = MODULES.map((one) => import(pathToFileURL(file(nameOf(one))).href));
  return Object.assign({}, ...(await Promise.all(loaded)));
}

/** The chunks of a folder's files, as `llm-lab index` cuts them. */
async function chunksOf(folder) {
  const settings = { folder, sizes: { size: 800, overlap: 100 }, largest: 10 * 2 ** 20 };
  const { rows } = await sources.planUpdate(settings, new sources.Ledger(), () => {});
  return rows.map(({ document: { pageContent, metadata } }) => {
    const { heading, file, line } = metadata;
    return { text: pageContent, heading, file, line };
  });
}

function unlike(chunks) {
  return [...new Map(chunks.map((chunk) => [chunk.text, chunk])).values()];
}

/**
 * Chunks with their vectors, also in a store; the file of each names its place too, behind a zero.
 */
async function embedded(chunks) {
  const { embedTexts, openStore } = sources;
  const vectors = await vectorsOf(chunks.map(({ text }) => text));
  const embeddings = {
    embedQuery: async (text) => [...(await embedTexts([text]))[0]],
    embedDocuments: async (texts) => (await embedTexts(texts)).map((vector) => [...vector]),
  };
  const store = await openStore({ store: "memory", model: "offline-embedding", embeddings });
  const documents = chunks.map(({ text, heading, file, line }, at) => ({
    id: String(at),
    pageContent: text,
    metadata: { folder: "", file: `${file}\0${at}`, heading, line, chunk: String(at) },
  }));
  await store.addVectors(
    vectors.map((vector) => [...vector]),
    documents,
  );
  return { chunks, vectors, store, embed: async (text) => (await embedTexts([text]))[0] };
}

async function vectorsOf(texts) {
  const missing = texts.filter((text) => !known.has(text));
  const made = missing.length === 0 ? [] : await sources.embedTexts(missing);
  for (const [at, text] of missing.entries()) known.set(text, made[at]);
  return texts.map((text) => known.get(text));
}

function partsOf(questions) {
  const parts = {
    open: questions.filter(({ kept }) => !kept),
    kept: questions.filter(({ kept }) => kept),
  };
  if (has("--open")) delete parts.kept;
  return parts;
}

async function measured({ chunks }, ranks, questions) {
  const found = {};
  for (const [name, rank] of Object.entries(ranks))
    found[name] = await measure(questions, rank, chunks);
  return found;
}

/**
 * Recall at 1 and 3, where one right passage suffices, and the mean reciprocal rank of the first
 * right one.
 */
async function measure(questions, rank, chunks) {
  let [first, three, reciprocal] = [0, 0, 0];
  for (const { question, isRight } of questions) {
    const place = (await rank(question)).findIndex((at) => isRight(chunks[at]));
    if (place < 0) continue;
    if (place === 0) first += 1;
    if (place < 3) three += 1;
    reciprocal += 1 / (place + 1);
  }
  const share = (sum) => sum / questions.length;
  return { recall1: share(first), recall3: share(three), mrr: share(reciprocal) };
}

function print({ documents, chunks, set, part, questions, methods: found, answers }) {
  console.log(`\n${documents}, ${set}, ${part}: ${questions} questions about ${chunks} passages`);
  if (found) console.log(`${"".padEnd(34)}recall@1  recall@3    MRR`);
  for (const [name, { recall1, recall3, mrr }] of Object.entries(found ?? {})) {
    const figures = [recall1, recall3, mrr].map((value) => value.toFixed(3).padStart(8));
    console.log(`${name.padEnd(34)}${figures.join("  ")}`);
  }
  if (answers)
    console.log(
      `answers: ${answers.right} right, ${answers.declined} declined, ${answers.wrong} wrong`,
    );
}
