import { cosineSimilarity } from "@langchain/core/utils/math";
import { section, text, vectors } from "../../src/lab.ts";

// A language model knows nothing of your documents. To find the few passages
// that fit a question, texts are compared by meaning, and for that each becomes
// a list of numbers.
const lab = section({
  title: "A sentence becomes a vector",
  kits: [vectors],
  params: {
    sentence: text({
      default: "A token is a piece of a word.",
      maxLength: 300,
      help: "a sentence of your own",
    }),
  },
});

// An *embedding model* takes a text and gives a *vector*: always as many
// numbers, whatever the length of the text. No number means anything by itself.
// Together they are a direction in space, and texts of like meaning point in
// like directions.
const vector = lab.step(
  "One sentence",
  async ({ embeddings, params, show }) => {
    const vector = await embeddings().embedQuery(params.sentence);

    const length = Math.hypot(...vector);
    await show("Numbers in the vector", vector.length);
    await show(
      "The first of them",
      vector.slice(0, 6).map(rounded).join(" "),
    );
    await show("Its length", rounded(length));
  },
);

const rounded = (value: number) => value.toFixed(3);

const SENTENCES = [
  "A token is a piece of a word.",
  "Tokenizers cut text into subwords.",
  "Sampling at a high temperature is bolder.",
  "Randomness makes the model more creative.",
  "A backup is worth what its restore is.",
];

// How alike are two directions? The *cosine similarity* says: 1 for the same
// direction, 0 for nothing in common. Each row and each column of the table is
// one sentence; the first is yours.
const near = lab.step(
  "Which are alike?",
  async ({ embeddings, params, show, table }) => {
    const sentences = [params.sentence, ...SENTENCES.slice(1)];
    const vectors = await embeddings().embedDocuments(sentences);
    const matrix = cosineSimilarity(vectors, vectors);

    const numbered = sentences.map((text, at) => `${at + 1} ${text}`);
    await show("The sentences", numbered.join("\n"));
    const rows = matrix.map((row, at) => [
      `${at + 1}`,
      ...row.map((value) => value.toFixed(2)),
    ]);
    const columns = ["", ...sentences.map((_, at) => `${at + 1}`)];
    await table("Cosine similarity", columns, rows);
  },
);

const CHAPTERS = ["Tokens", "Memory", "Safety"];

// With hundreds of dimensions no eye can see the space. *Principal component
// analysis* finds the two directions in which the vectors differ most, and draws
// them as a map. Passages of one chapter lie together, although nobody told the
// model which chapter they are from.
const mapped = lab.step(
  "A map of meaning",
  async ({ embeddings, handbook, map }) => {
    const passages = (await handbook()).filter(({ metadata }) =>
      CHAPTERS.includes(metadata.chapter),
    );
    const texts = passages.map(({ pageContent }) => pageContent);
    const vectors = await embeddings().embedDocuments(texts);

    const points = passages.map(({ id, metadata }, at) => ({
      label: id ?? "",
      group: metadata.chapter,
      vector: vectors[at]!,
    }));
    await map("Passages of three chapters", points);
  },
);

const PAIRS = [
  ["What does an LLM know?", "What does a language model know?"],
  ["A hallucination", "The model invents facts"],
  ["a bank account", "a river bank"],
  ["Break a leg!", "Good luck!"],
  ["The store keeps its data.", "The store does not keep its data."],
];

// Know what your model can tell apart. The offline one is built of word stems,
// letters and a lexicon of this field, so it knows that an LLM is a language
// model. It takes one bank for the other, and no idiom at all. And it hardly sees
// a *not*: a sentence and its opposite lie close, with trained models too. Set
// LLM_LAB_EMBEDDING_MODEL to compare.
const limits = lab.step(
  "What it cannot tell apart",
  async ({ embeddings, table }) => {
    const rows: [string, string, string][] = [];
    for (const [one = "", other = ""] of PAIRS) {
      const pair = await embeddings().embedDocuments([one, other]);
      const likeness = cosineSimilarity(pair, pair)[0]?.[1] ?? 0;
      rows.push([one, other, likeness.toFixed(2)]);
    }
    await table("Pairs of texts", ["one", "the other", "similarity"], rows);
  },
);

export default lab.steps(
  vector,
  near.predict({
    question: "Which of the sentences is nearest to the first?",
    choices: [2, 3, 4, 5],
    judge: (run) => {
      const row = run.tables[0]?.rows[0]?.slice(2).map(Number) ?? [];
      return row.indexOf(Math.max(...row)) + 2;
    },
  }),
  mapped,
  limits.predict({
    question: "Which pair will it find more alike?",
    choices: ["a sentence and its opposite", "an idiom and its meaning"],
    judge: (run) => {
      const [idiom = 0, opposite = 0] =
        run.tables[0]?.rows.slice(-2).map((row) => Number(row[2])) ?? [];
      return opposite > idiom
        ? "a sentence and its opposite"
        : "an idiom and its meaning";
    },
  }),
);
