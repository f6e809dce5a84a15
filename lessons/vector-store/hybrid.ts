import { fuse, integer, section, text, vectors } from "../../src/lab.ts";
import { measureOf, NAMES, percent } from "./material.ts";

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
      default: "How can I make the model less random?",
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

// Ask questions whose answer you know. *Recall@3* is the share of questions whose
// right passage is among the first three; *MRR* (mean reciprocal rank) takes 1 / its
// place, so it also says how high it stands. One set asks for names that stand in a
// single passage, the other asks in everyday words. Sets this small show only big
// differences: measure on some hundred questions of real users.
const measured = lab.step<Facts>(
  "Measured",
  async ({ store, handbook, table, ifAble, tell }) => {
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
    const found: Found[] = [];
    for (const [name, search] of Object.entries(ways)) {
      const names = await ifAble(() => measureOf(search, NAMES));
      if (names === undefined) return;
      const everyday = await measureOf(search);
      rows.push([name, ...shown(names), ...shown(everyday)]);
      found.push({ names: names.right, everyday: everyday.right });
    }
    const columns = ["search", "names", "MRR", "everyday words", "MRR"];
    await table("Recall@3 and MRR, of two sets", columns, rows);
    const [meaning, words, fused] = found;
    if (meaning && words && fused) await tell({ meaning, words, fused });
  },
);

type Found = { names: number; everyday: number };
type Facts = { meaning: Found; words: Found; fused: Found };

const shown = ({ recall, mrr }: { recall: number; mrr: number }) => [
  percent(recall),
  mrr.toFixed(2),
];

/** What fusing finds more than the better of the two, in questions. */
const gain = ({ meaning, words, fused }: Facts, set: keyof Found) =>
  fused[set] - Math.max(meaning[set], words[set]);

const signed = (count: number) =>
  count > 0 ? `${count} more` : `${-count} fewer`;

export default lab.steps(
  both,
  byHand,
  measured
    .predict({
      question:
        "Asked in everyday words, how many of the right passages will fusing find?",
      choices: [
        "more than each search alone",
        "as many as the better of the two",
        "fewer than the better of the two",
      ],
      judge: ({ facts }) => {
        const more = gain(facts, "everyday");
        if (more > 0) return "more than each search alone";
        return more === 0
          ? "as many as the better of the two"
          : "fewer than the better of the two";
      },
      why: ({ facts }) => {
        const [names, everyday] = [
          gain(facts, "names"),
          gain(facts, "everyday"),
        ];
        const told = (more: number) =>
          more === 0
            ? "as many as the better search"
            : `${signed(more)} than the better search`;
        return `Fused, names find ${told(names)}, everyday words ${told(everyday)}. Fusing helps where each list has what the other lacks; a poor list pulls a good one down. It is an insurance when you cannot know which kind of question comes. To lift a right passage from place 20, a reranker (not in llm-lab) reads question and passage together: \`llm-lab help reranking\`.`;
      },
    })
    .expect(
      "in everyday words, fusing finds more than each search alone",
      "more than each search alone",
    ),
);
