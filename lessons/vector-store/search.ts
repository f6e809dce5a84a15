import { dot, integer, section, text, vectors } from "../../src/lab.ts";

// A *vector store* keeps texts with their vectors, and finds the nearest ones to
// a question. The texts here are the passages of the handbook that comes with
// this workbook. The store is LanceDB, in a folder that is removed again; choose
// another with `--store`.
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
// what else you know of it. Adding documents embeds each, once, and writes text
// and vector together. The vectors of a run are remembered, so no later step
// pays for them again.
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

const FOUND = ["id", "score", "text"];

// To search, the question is embedded with the *same* model, and the k nearest
// documents come back, the nearest first. The *score* is the cosine similarity.
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

// There is no magic in it. For vectors of length 1 the similarity is a sum of
// products. Compute it for every document, sort, and take the first: an *exact
// search*. What else a store does is to do this faster, safely, and for more
// than fits in memory.
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

const QUESTIONS = [
  "How does temperature change the reply?",
  "How much overlap should chunks have?",
  "How long do I boil an egg?",
  "Who won the match on Saturday?",
];

// A search always finds something: the k nearest, however far they are. Only the
// score tells. So set a *threshold* below which nothing counts as found, and
// choose it by looking at questions that have an answer and at some that have
// none. Beware of the word: engines also speak of *distance*, which is small
// where similarity is large. For unit vectors it is 1 minus the cosine.
const threshold = lab.step(
  "Questions without an answer",
  async ({ store, handbook, table }) => {
    const db = await store();
    await db.addDocuments(await handbook());

    const rows: string[][] = [];
    for (const question of QUESTIONS) {
      const found = await db.similaritySearchWithScore(question, 1);
      const [document, score] = found[0]!;
      const distance = 1 - score;
      rows.push([
        question,
        document.id ?? "",
        score.toFixed(2),
        distance.toFixed(2),
      ]);
    }
    const columns = ["question", "nearest", "similarity", "distance"];
    await table("The best that was found", columns, rows);
  },
);

// The nearest passages often say the same thing, and each costs tokens. *Maximal
// marginal relevance* (MMR) fetches more, and picks one by one: near the
// question, and unlike what is already picked. `lambda` weighs the two; at 1 it
// is plain search.
const diverse = lab.step(
  "Less of the same",
  async ({ store, handbook, params, table }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const { question, k } = params;

    const plain = await db.similaritySearch(question, k);
    const varied = await db.maxMarginalRelevanceSearch(question, {
      k,
      fetchK: 5 * k,
      lambda: 0.4,
    });

    await table(
      "Two ways to choose",
      ["nearest", "nearest and diverse"],
      plain.map(({ id = "" }, at) => [id, varied[at]?.id ?? ""]),
    );
  },
);

export default lab.steps(
  load,
  nearest,
  byHand,
  threshold.predict({
    question: "Will the question about the egg find a passage?",
    choices: ["yes", "no"],
    judge: (run) => (run.tables[0]?.rows[2]?.[1] ? "yes" : "no"),
  }),
  diverse,
);
