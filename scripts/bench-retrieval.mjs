/**
 * How well passages of the handbook are found for two sets of questions, one in the field's terms and one in
 * loose paraphrase, by the offline embeddings, by BM25, by both fused, and by embeddings that know nothing.
 * The questions kept aside are reported by themselves: nothing was tuned on them.
 * Run it with `npm run bench:retrieval`, or with `-- --json` for programs, or `-- --open` to leave the kept ones out.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FakeEmbeddings, SyntheticEmbeddings } from "@langchain/core/utils/testing";
import MiniSearch from "minisearch";
import { loadSources } from "./bundle.mjs";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const { embedText, handbook, hashOf, isStopword, stemOf, wholeText, wordsOf } = await loadSources(
  "offline/embeddings/embed",
  "offline/embeddings/hash",
  "offline/language/stems",
  "offline/language/words",
  "handbook/handbook",
  "handbook/passages",
);

const passages = handbook();
const texts = passages.map(wholeText);
const METHODS = await methods();

const results = ["own-terms", "paraphrase"].flatMap((set) => {
  const questions = JSON.parse(readFileSync(path(`../handbook/questions/${set}.json`), "utf8"));
  const parts = {
    "not kept": questions.filter(({ kept }) => !kept),
    "kept aside": questions.filter(({ kept }) => kept),
    all: questions,
  };
  if (process.argv.includes("--open")) {
    delete parts["kept aside"];
    delete parts.all;
  }
  return Object.entries(parts).map(([part, asked]) => ({
    set,
    part,
    questions: asked.length,
    methods: Object.fromEntries(
      Object.entries(METHODS).map(([name, rank]) => [name, measure(asked, rank)]),
    ),
  }));
});

if (process.argv.includes("--json")) console.log(JSON.stringify(results, null, 2));
else for (const result of results) print(result);

function print({ set, part, questions, methods: found }) {
  console.log(`\n${set}, ${part}: ${questions} questions about ${passages.length} passages`);
  console.log(`${"".padEnd(34)}recall@1  recall@3    MRR`);
  for (const [name, { recall1, recall3, mrr }] of Object.entries(found)) {
    const figures = [recall1, recall3, mrr].map((value) => value.toFixed(3).padStart(8));
    console.log(`${name.padEnd(34)}${figures.join("  ")}`);
  }
  const ratio = found.embeddings.recall3 / found.BM25.recall3;
  console.log(`recall@3 of the embeddings is ${ratio.toFixed(2)} times that of BM25`);
}

/** Recall at 1 and 3, where one right passage suffices, and the mean reciprocal rank of the first right one. */
function measure(questions, rank) {
  let [first, three, reciprocal] = [0, 0, 0];
  for (const { question, passages: right } of questions) {
    const place = rank(question).findIndex((at) => right.includes(passages[at].id));
    if (place < 0) continue;
    if (place === 0) first += 1;
    if (place < 3) three += 1;
    reciprocal += 1 / (place + 1);
  }
  const share = (sum) => sum / questions.length;
  return { recall1: share(first), recall3: share(three), mrr: share(reciprocal) };
}

/** Ways to rank the passages for a question: each gives indices, the nearest first. */
async function methods() {
  const embeddings = byVectors(embedText);
  // Stemmed and without stop words, which makes BM25 stronger than its default.
  const stemmed = (term) =>
    wordsOf(term).some(isStopword) ? null : wordsOf(term).map(stemOf).join(" ");
  const bm25 = byKeywords(["text"], stemmed, {});
  const titled = byKeywords(["title", "text"], stemmed, { boost: { title: 2 } });
  const own = {
    embeddings,
    BM25: bm25,
    "BM25, titles count double": titled,
    "BM25, minisearch's defaults": byKeywords(["text"], undefined, {}),
    "embeddings + BM25, fused": (question) => fuse([embeddings(question), bm25(question)]),
    "embeddings + titled BM25, fused": (question) => fuse([embeddings(question), titled(question)]),
    "hashed words": byVectors(hashedWords),
  };
  const fake = await byLangChain(new FakeEmbeddings());
  const synthetic = await byLangChain(new SyntheticEmbeddings({ vectorSize: 384 }));
  return {
    ...own,
    "LangChain's FakeEmbeddings": fake,
    "LangChain's SyntheticEmbeddings": synthetic,
  };
}

function byVectors(embed) {
  const vectors = texts.map((text) => embed(text));
  return (question) => nearest(embed(question), vectors);
}

/** LangChain's are asynchronous, so all questions are embedded beforehand. */
async function byLangChain(model) {
  const vectors = await model.embedDocuments(texts);
  const files = ["own-terms", "paraphrase"].map((set) => path(`../handbook/questions/${set}.json`));
  const asked = files.flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
  const embedded = new Map();
  for (const { question } of asked) embedded.set(question, await model.embedQuery(question));
  return (question) => nearest(embedded.get(question), vectors);
}

/** Passages whose scores tie are told apart by a hash, so that their order in the handbook is no help. */
function nearest(asked, vectors) {
  const scored = vectors.map((vector, at) => ({ at, score: cosine(asked, vector) }));
  const chance = (at) => hashOf(`tie:${at}`);
  return scored
    .sort((a, b) => b.score - a.score || chance(a.at) - chance(b.at))
    .map(({ at }) => at);
}

function cosine(a, b) {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    dot += a[at] * b[at];
    ofA += a[at] * a[at];
    ofB += b[at] * b[at];
  }
  // Rounded, so that equal vectors tie whatever the order of their sums.
  return Number((dot / (Math.sqrt(ofA * ofB) || 1)).toFixed(12));
}

function byKeywords(fields, processTerm, options) {
  const index = new MiniSearch({ fields, ...(processTerm ? { processTerm } : {}) });
  index.addAll(
    passages.map(({ title }, id) => ({
      id,
      title,
      text: fields.length > 1 ? passages[id].text : texts[id],
    })),
  );
  return (question) => index.search(question, options).map(({ id }) => id);
}

/** Reciprocal rank fusion: 1 / (60 + rank) in each ranking, added up. */
function fuse(rankings) {
  const scores = new Map();
  for (const ranking of rankings) {
    for (const [place, at] of ranking.entries())
      scores.set(at, (scores.get(at) ?? 0) + 1 / (60 + place + 1));
  }
  return [...scores].sort((a, b) => b[1] - a[1]).map(([at]) => at);
}

/** Each word adds one at the place that its hash points to. */
function hashedWords(text) {
  const vector = new Float32Array(384);
  for (const word of wordsOf(text)) vector[hashOf(word) % 384] += 1;
  return vector;
}
