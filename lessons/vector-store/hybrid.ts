import { fuse, integer, section, text, vectors } from "../../src/lab.ts";
import { measureOf, NAMES } from "./material.ts";

// Vectors compare meanings, and are weak where the very word counts: a name, an
// article number, an abbreviation. Keyword search is strong there, and weak where
// the text uses other words. A *hybrid* search asks both. More:
// `llm-lab help hybrid-search`.
const lab = section({
  title: "Words and meaning together",
  kits: [vectors],
  params: {
    word: text({
      default: "What is efConstruction?",
      maxLength: 200,
      help: "a question in which a word counts",
    }),
    meaning: text({
      default: "How can I make answers less random?",
      maxLength: 200,
      help: "a question in other words than the text's",
    }),
    k: integer({ default: 4, min: 1, max: 10, help: "passages to find" }),
  },
});

const idsOf = (found: [{ id?: string }, number][]) =>
  found.map(([{ id }]) => id).join(", ");

// *BM25* scores a text by the words that it shares with the question: rare words
// count more, long texts less. It dates from the 1990s and needs no training.
// Postgres ranks by a formula of its own. Qdrant ranks by BM25 too if you give it
// sparse vectors, which llm-lab does not; LangChain's memory store cannot.
const both = lab.step(
  "Two searches",
  async ({ store, handbook, params, table, ifAble }) => {
    const db = await store();
    await db.addDocuments(await handbook());

    for (const question of [params.word, params.meaning]) {
      const near = await db.similaritySearchWithScore(question, params.k);
      const words = await ifAble(() => db.keywordSearch(question, params.k));
      const hybrid = words && (await db.hybridSearch(question, params.k));
      await table(
        question,
        ["search", "found"],
        [
          ["by meaning", idsOf(near)],
          ...(words ? [["by words", idsOf(words)]] : []),
          ...(hybrid ? [["both, fused", idsOf(hybrid)]] : []),
        ],
      );
    }
  },
);

// The two scores cannot be added: cosine similarity is at most 1, and a BM25 score
// has no upper limit. *Reciprocal rank fusion* (RRF) looks at places only: a
// document gets 1 / (60 + place) from each list that it is in, and the sums
// decide. The lists here have 20 places, so a document that stands in both, even
// last (2 / 80), beats one that leads a single list (1 / 61).
const byHand = lab.step(
  "Fused by hand",
  async ({ store, handbook, params, table, ifAble }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const question = params.word;
    const near = await db.similaritySearchWithScore(question, 20);
    const words = await ifAble(() => db.keywordSearch(question, 20));
    if (!words) return;

    const lists = [near, words].map((found) =>
      found.map(([{ id = "" }]) => id),
    );
    const fused = fuse(lists, (id) => id).slice(0, params.k);

    await table(
      "Places, and what they add up to",
      ["id", "by meaning", "by words", "sum"],
      fused.map(({ item, score }) => [
        item,
        ...lists.map((list) => list.indexOf(item) + 1 || "not there"),
        score.toFixed(4),
      ]),
    );
  },
);

type Search = (question: string) => Promise<{ id?: string }[]>;

// Ask questions whose answer you know. *Recall@3* counts how often the right
// passage is among the first three; *MRR* (mean reciprocal rank) takes 1 / its
// place, so it also says how high it stands. Fusing can spoil a good list with a
// worse one: compare its row with the better of the other two. Sets this small show
// only big differences: measure on some hundred questions of real users. To lift a
// right passage from place 20, a *reranker* (not in llm-lab) reads question and
// passage together: `llm-lab help reranking`.
const measured = lab.step(
  "Measured",
  async ({ store, handbook, table, ifAble }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const first = (found: [{ id?: string }, number][]) =>
      found.map(([document]) => document);

    const ways: Record<string, Search> = {
      "by meaning": (question) => db.similaritySearch(question, 3),
      "by words": async (question) =>
        first(await db.keywordSearch(question, 3)),
      "both, fused": async (question) =>
        first(await db.hybridSearch(question, 3)),
    };
    const rows: string[][] = [];
    for (const [name, search] of Object.entries(ways)) {
      const names = await ifAble(() => measureOf(search, NAMES));
      if (names === undefined) break;
      rows.push([name, ...names, ...(await measureOf(search))]);
    }
    const columns = ["search", "names", "MRR", "everyday words", "MRR"];
    await table("Recall@3 and MRR, of two sets", columns, rows);
  },
);

export default lab.steps(both, byHand, measured);
