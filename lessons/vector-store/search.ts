import {
  dot,
  integer,
  median,
  section,
  text,
  vectors,
} from "../../src/lab.ts";
import { ANSWERABLE, NEAR_MISSES, UNANSWERABLE } from "./material.ts";

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
      default: "How can I make the model less random?",
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

// What if the store has no answer? A search always finds something. A *threshold*
// discards whatever scores less. Three kinds of questions are asked, eight of each:
// such as the handbook answers, about something else ("How long do I boil an egg?"),
// and about something else with words of the handbook ("How much memory does my phone
// have?"). The code collects each question's best score, and chooses the threshold
// with the fewest errors.
const threshold = lab.step<Facts>(
  "Questions without an answer",
  async ({ store, handbook, table, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const bestScores = async (questions: string[]) => {
      const scores: number[] = [];
      for (const question of questions) {
        const [first] = await db.similaritySearchWithScore(question, 1);
        scores.push(first?.[1] ?? 0);
      }
      return scores.sort((a, b) => a - b);
    };
    const answered = await bestScores(ANSWERABLE);
    const foreign = await bestScores(UNANSWERABLE);
    const alike = await bestScores(NEAR_MISSES);

    const rows = Object.entries({ answered, foreign, alike });
    await table("Best scores", SPREAD, rows.map(spread));
    const chosen = fewestErrors(answered, [...foreign, ...alike]);
    await show("The threshold with the fewest errors", chosen.said);
    await tell({
      lowest: answered[0]!,
      foreign: foreign.at(-1)!,
      alike: alike.at(-1)!,
    });
  },
);

type Facts = { lowest: number; foreign: number; alike: number };

const SPREAD = ["questions", "lowest", "middle", "highest"];
const KINDS: Record<string, string> = {
  answered: "with an answer",
  foreign: "about something else",
  alike: "so, with familiar words",
};
const spread = ([kind, sorted]: [string, number[]]) => [
  KINDS[kind]!,
  ...[sorted[0]!, median(sorted), sorted.at(-1)!].map((score) =>
    score.toFixed(2),
  ),
];

/**
 * Tries each score with an answer as a threshold: an error is one that it loses, or one without
 * that it lets through.
 */
function fewestErrors(answered: number[], others: number[]) {
  const tried = answered.map((least) => {
    const lost = answered.filter((score) => score < least).length;
    const passed = others.filter((score) => score >= least).length;
    const said = `${least.toFixed(2)}: loses ${lost} of ${answered.length}, lets through ${passed} of ${others.length}`;
    return { errors: lost + passed, said };
  });
  return tried.reduce((a, b) => (b.errors < a.errors ? b : a));
}

// The nearest passages often say the same thing, and each costs tokens. Here the
// store holds every passage in two editions. *Maximal marginal relevance* (MMR)
// fetches more than k, here 2k, and picks one after another: near the question, and
// unlike what it has picked already. `lambda` weighs the two; at 1, MMR is plain
// search. What it picks instead of a repetition stood further down the list: the
// scores say how much further. More: `llm-lab help mmr`.
const diverse = lab.step<{ plain: number; varied: number }>(
  "Fewer repetitions: MMR",
  async ({ store, handbook, params, table, tell }) => {
    const db = await store();
    const passages = await handbook();
    const older = passages.map((passage) => ({
      ...passage,
      id: `${passage.id}, old`,
      pageContent: `${passage.pageContent}\n(Edition of last year.)`,
    }));
    await db.addDocuments([...passages, ...older]);
    const { question, k } = params;

    const list = await db.similaritySearchWithScore(question, 2 * k);
    const scores = new Map(list.map(([{ id }, score]) => [id, score]));
    const plain = list.slice(0, k).map(([document]) => document);
    const wish = { k, fetchK: 2 * k, lambda: 0.8 };
    const varied = await db.maxMarginalRelevanceSearch(question, wish);

    const ways = { nearest: plain, diverse: varied };
    for (const [way, found] of Object.entries(ways))
      await table(
        `${way}, ${passagesIn(found)} passages`,
        ["id", "score"],
        found.map(({ id = "" }) => [id, scores.get(id)?.toFixed(3) ?? ""]),
      );
    await tell({ plain: passagesIn(plain), varied: passagesIn(varied) });
  },
);

/** How many different ones, whatever the edition. */
const passagesIn = (found: { id?: string }[]) =>
  new Set(found.map(({ id = "" }) => id.replace(/, old$/, ""))).size;

export default lab.steps(
  load,
  whose,
  nearest,
  byHand.expect("a search by hand finds what the store finds", ({ tables }) =>
    (tables[0]?.rows ?? []).every(([hand, , store]) => hand === store),
  ),
  threshold
    .predict({
      question:
        "Is there a threshold that keeps all questions with an answer and drops all others?",
      choices: ["yes", "only if no words are familiar", "no"],
      judge: ({ facts: { lowest, foreign, alike } }) => {
        if (lowest <= foreign) return "no";
        return lowest > alike ? "yes" : "only if no words are familiar";
      },
      why: ({ facts: { lowest, foreign, alike } }) =>
        `The lowest score with an answer is ${lowest.toFixed(2)}; the highest about something else is ${foreign.toFixed(2)}, with familiar words ${alike.toFixed(2)}. Where kinds overlap, a threshold is a choice between two errors. Measure it with questions of your users, for each embedding model anew, and let the chat model say that the passages do not answer (vector-store/answer).`,
    })
    .expect(
      "a threshold drops what is about something else, unless words are familiar",
      "only if no words are familiar",
    ),
  diverse
    .predict({
      question: ({ k }) =>
        `With k = ${k}: which finds more different passages?`,
      choices: ["plain search", "MMR", "both as many"],
      judge: ({ facts: { plain, varied } }) => {
        if (plain === varied) return "both as many";
        return plain > varied ? "plain search" : "MMR";
      },
      why: ({ facts: { plain, varied } }) =>
        `Plain search finds ${plain}, MMR ${varied}. Different does not mean relevant: MMR takes whatever is unlike the rest of the list, so discard what scores below your threshold before it picks. Against repetitions as such, remove duplicates when you write.`,
    })
    .expect("MMR finds more different passages", "MMR"),
);
