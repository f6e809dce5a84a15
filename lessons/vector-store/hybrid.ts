import { fuse, integer, section, text, vectors } from "../../src/lab.ts";
import { percent, QUESTIONS, recallOf } from "./material.ts";

// Vectors compare meanings, and are weak where the very word counts: a name, an
// article number, an abbreviation. Keyword search is the other way round. A
// *hybrid* search asks both.
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

// *BM25* weighs the words that question and text share: rare ones count more,
// long texts less. It has been hard to beat for thirty years. Postgres ranks a
// little differently; Qdrant and the memory store do not rank by words at all.
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

// The scores of the two cannot be added: a cosine ends at 1, and BM25 nowhere.
// *Reciprocal rank fusion* looks at places only: a document gets 1 / (60 + place)
// from each list that it is in. What both have found comes out on top.
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

// Which is best is no matter of taste: ask questions whose answer you know, and
// count. Sixteen are few, so take small differences for chance; yours should be
// some hundred, from real users.
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
      const recall = await ifAble(() => recallOf(search));
      if (recall === undefined) break;
      rows.push([name, percent(recall)]);
    }
    const of = `Recall@3 over ${QUESTIONS.length} questions`;
    await table(of, ["search", "recall"], rows);
  },
);

export default lab.steps(both, byHand, measured);
