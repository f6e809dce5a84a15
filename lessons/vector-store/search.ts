import { dot, integer, section, text, vectors } from "../../src/lab.ts";
import { ANSWERABLE, UNANSWERABLE } from "./material.ts";

// A *vector store* keeps texts with their vectors, and finds the ones that are
// nearest to a question. The texts here are the passages of the handbook that
// comes with this workbook. The store is LanceDB, in a folder that is removed
// when the step ends; choose another with `--store`. More:
// `llm-lab help vector-store`.
const lab = section({
  title: "Search by meaning",
  kits: [vectors],
  params: {
    question: text({
      default: "How can I make answers less random?",
      maxLength: 300,
      help: "what you ask",
    }),
    k: integer({ default: 4, min: 1, max: 20, help: "passages to find" }),
  },
});

// A *document* in LangChain is a text with *metadata*: where it comes from, and
// what else you know about it. `addDocuments` embeds each text once, and writes
// text and vector together. llm-lab remembers the vectors of a run, so no later
// step pays for them again.
const load = lab.step(
  "Fill the store",
  async ({ store, handbook, show, table }) => {
    const db = await store();
    const passages = await handbook();

    const ids = await db.addDocuments(passages);

    await show("Documents in the store", await db.count());
    const first = await db.get(ids.slice(0, 3));
    await table(
      "The first of them",
      ["id", "chapter", "text"],
      first.map(({ id = "", metadata, pageContent }) => [
        id,
        metadata.chapter,
        beginningOf(pageContent),
      ]),
    );
  },
);

const beginningOf = (content: string) =>
  `${content.replaceAll("\n", ": ").slice(0, 60)}…`;

// The store of these lessons is llm-lab's own class on top of LangChain's
// `VectorStore`, so that one lesson runs on four engines. The first five methods
// are LangChain's. The first three work on all its stores; not all can do the
// other two (`delete` of MemoryVectorStore throws "Not implemented."). The rest
// is llm-lab's; elsewhere you use what the engine offers. Filters differ too:
// `PGVectorStore` and `QdrantVectorStore` have notations of their own.
const whose = lab.step("Whose methods are these?", async ({ table }) => {
  const langchain = [
    ["addDocuments", "embed texts and write them"],
    ["similaritySearch", "the nearest; …WithScore adds scores"],
    ["asRetriever", "the same as a runnable"],
    ["maxMarginalRelevanceSearch", "near and diverse; not in all stores"],
    ["delete", "its argument differs; not in all stores"],
  ];
  const own = [
    ["count, get, scan", "how many, by id, all of them"],
    ["searchVector", "search with a vector and an index's knobs"],
    ["keywordSearch, hybridSearch", "search for words, and both"],
    ["createIndex, compact, diskUse", "looking after it"],
    ["versions, at, restore", "old states of the data"],
  ];
  const rows = [
    ...langchain.map((row) => ["LangChain", ...row]),
    ...own.map((row) => ["llm-lab", ...row]),
  ];
  await table("Methods of `db`", ["from", "method", "does"], rows);
});

const FOUND = ["id", "score", "text"];

// A search embeds the question with the *same* model, and returns the k nearest
// documents, the nearest first. Here the *score* is the cosine similarity. Some
// stores return a *distance* instead, which is smaller for nearer texts (Chroma
// does): check which of the two yours returns.
const nearest = lab.step(
  "Ask it",
  async ({ store, handbook, params, table }) => {
    const db = await store();
    await db.addDocuments(await handbook());

    const found = await db.similaritySearchWithScore(
      params.question,
      params.k,
    );
    await table(
      params.question,
      FOUND,
      found.map(([{ id = "", pageContent }, score]) => [
        id,
        score.toFixed(3),
        beginningOf(pageContent),
      ]),
    );
  },
);

// The search can be done by hand. For vectors of length 1 the cosine similarity
// is a sum of products, the *dot product*. Compute it for every document, sort, and take the first
// k: that is an *exact search*. What a store adds is speed, safety, and room for
// more than fits in memory.
const byHand = lab.step(
  "The same, by hand",
  async ({ embeddings, store, handbook, params, table }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const question = await embeddings().embedQuery(params.question);

    const all: { id: string; score: number }[] = [];
    for await (const { document, vector } of db.scan({ vectors: true }))
      all.push({ id: document.id ?? "", score: dot(question, vector ?? []) });
    const best = all.sort((a, b) => b.score - a.score).slice(0, params.k);

    const [found, scores] = [best.map(({ id }) => id), best.map(shownScore)];
    const ids = (await db.similaritySearch(params.question, params.k)).map(
      (document) => document.id ?? "",
    );
    await table(
      "Side by side",
      ["by hand", "score", "by the store"],
      found.map((id, at) => [id, scores[at]!, ids[at] ?? ""]),
    );
  },
);

const shownScore = ({ score }: { score: number }) => score.toFixed(3);

const THRESHOLDS = [0.1, 0.2, 0.3, 0.4];

// What if the store has no answer? A *threshold* discards whatever scores less.
// Eight questions are asked that the handbook answers, and eight that it does not,
// such as "How long do I boil an egg?". The table counts, for four thresholds, how
// many of each still get a passage.
const threshold = lab.step<{ answered: number; unanswered: number }>(
  "Questions without an answer",
  async ({ store, handbook, table, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const best = async (question: string) => {
      const [first] = await db.similaritySearchWithScore(question, 1);
      return first?.[1] ?? 0;
    };
    const answered = await Promise.all(ANSWERABLE.map(best));
    const unanswered = await Promise.all(UNANSWERABLE.map(best));

    const passing = (scores: number[], least: number) =>
      `${scores.filter((score) => score >= least).length} of ${scores.length}`;
    const rows = THRESHOLDS.map((least) => [
      least.toFixed(1),
      passing(answered, least),
      passing(unanswered, least),
    ]);
    const columns = ["threshold", "with an answer", "without"];
    await table("Questions that still get a passage", columns, rows);
    const [lowest, highest] = [
      Math.min(...answered),
      Math.max(...unanswered),
    ];
    await tell({ answered: lowest, unanswered: highest });
  },
);

// The nearest passages often say the same thing, and each costs tokens. Here the
// store holds every passage in two editions. *Maximal marginal relevance* (MMR)
// fetches more than k, and picks one after another: near the question, and
// unlike what it has picked already. `lambda` weighs the two; at 1, MMR is plain
// search. More: `llm-lab help mmr`.
const diverse = lab.step(
  "Fewer repetitions: MMR",
  async ({ store, handbook, params, table }) => {
    const db = await store();
    const passages = await handbook();
    const older = passages.map((passage) => ({
      ...passage,
      id: `${passage.id}, old`,
      pageContent: `${passage.pageContent}\n(Edition of last year.)`,
    }));
    await db.addDocuments([...passages, ...older]);
    const { question, k } = params;

    const plain = await db.similaritySearch(question, k);
    const wish = { k, fetchK: 2 * k, lambda: 0.8 };
    const varied = await db.maxMarginalRelevanceSearch(question, wish);

    await table(
      "Two ways to choose",
      ["nearest", "nearest and diverse"],
      plain.map(({ id = "" }, at) => [id, varied[at]?.id ?? ""]),
    );
  },
);

export default lab.steps(
  load,
  whose,
  nearest,
  byHand,
  threshold.predict({
    question:
      "Is there a threshold that keeps all questions with an answer and drops all others?",
    choices: ["yes", "no"],
    judge: ({ facts }) => (facts.answered > facts.unanswered ? "yes" : "no"),
    why: ({ facts }) =>
      `A search always finds something, however far away. The lowest score with an answer is ${facts.answered.toFixed(2)}, the highest without one ${facts.unanswered.toFixed(2)}. Where they overlap, a threshold is a choice between two errors.`,
  }),
  diverse,
);
