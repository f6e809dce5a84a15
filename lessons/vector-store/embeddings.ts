import { cosineSimilarity } from "@langchain/core/utils/math";
import { section, text, vectors } from "../../src/lab.ts";

// A language model has not read your documents. To find the few passages that
// fit a question, a program compares texts by meaning. For that, each text is
// turned into a list of numbers.
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

// An *embedding model* takes a text and returns a *vector*: a list of numbers,
// which has the same length for every text. A single number means nothing by
// itself. Together they give a direction in space, and texts with similar
// meanings point in similar directions. More: `llm-lab help embedding`.
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
  "Tokenizers cut text into subwords.",
  "Sampling at a high temperature is bolder.",
  "Randomness makes the model more creative.",
  "A backup is worth what its restore is.",
] as const;

type Sentence = (typeof SENTENCES)[number];

// *Cosine similarity* says how alike two directions are: 1 for the same
// direction, 0 for unrelated ones, less for opposite ones. Here `sentence` is compared with four
// others, and those with each other. Each row and each column of the table is
// one sentence; number 1 is yours.
const near = lab.step<{ nearest: Sentence; similarity: number }>(
  "Which are alike?",
  async ({ embeddings, params, show, table, tell }) => {
    const sentences = [params.sentence, ...SENTENCES];
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

    const others = matrix[0]!.slice(1);
    const similarity = Math.max(...others);
    const nearest = SENTENCES[others.indexOf(similarity)]!;
    await tell({ nearest, similarity });
  },
);

const CHAPTERS = ["Tokens", "Memory", "Safety"];

// Nobody can picture hundreds of dimensions. *Principal component analysis*
// finds the two directions in which the vectors differ most, and draws them as
// a map. Passages of one chapter mostly lie together, although the model was not told
// which chapter they are from. The map keeps only part of the differences: the
// line below it says how much.
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

// Know what your model finds alike: embed pairs of texts of which you know it. The
// offline model has a lexicon of this field (`llm-lab help concept-lexicon`), so
// it knows that an LLM is a language model. Compare it with a trained one: set
// LLM_LAB_EMBEDDING_MODEL.
const limits = lab.step<{ opposite: number; idiom: number }>(
  "Pairs of texts",
  async ({ embeddings, table, tell }) => {
    const pairs: [string, string][] = [
      ["What does an LLM know?", "What does a language model know?"],
      ["A hallucination", "The model invents facts"],
      ["a bank account", "a river bank"],
      ["Break a leg!", "Good luck!"],
      ["The store keeps its data.", "The store does not keep its data."],
    ];
    const similarities: number[] = [];
    for (const pair of pairs) {
      const vectors = await embeddings().embedDocuments(pair);
      similarities.push(cosineSimilarity(vectors, vectors)[0]![1]!);
    }

    const rows = pairs.map((pair, at) => [
      ...pair,
      similarities[at]!.toFixed(2),
    ]);
    await table("How alike", ["one", "the other", "similarity"], rows);
    const [idiom = 0, opposite = 0] = similarities.slice(-2);
    await tell({ opposite, idiom });
  },
);

export default lab.steps(
  vector,
  near.predict({
    question: ({ sentence }) =>
      `Which of these is nearest to your sentence, "${sentence}"?`,
    choices: [
      "Tokenizers cut text into subwords.",
      "Sampling at a high temperature is bolder.",
      "Randomness makes the model more creative.",
      "A backup is worth what its restore is.",
    ],
    judge: ({ facts }) => facts.nearest,
    why: ({ facts }) =>
      `Of the four, it has the largest cosine similarity with yours: ${facts.similarity.toFixed(2)}.`,
  }),
  mapped,
  limits.predict({
    question:
      'Which will it find more alike: "The store keeps its data." and "The store does not keep its data.", or "Break a leg!" and "Good luck!"?',
    choices: ["a sentence and its opposite", "an idiom and its meaning"],
    judge: ({ facts }) =>
      facts.opposite > facts.idiom
        ? "a sentence and its opposite"
        : "an idiom and its meaning",
    why: ({ facts }) =>
      `The opposites score ${facts.opposite.toFixed(2)}, the idiom ${facts.idiom.toFixed(2)}. The offline model is built from word stems, letters and the lexicon, and a sentence and its negation share nearly all of their words; trained embedding models often find them close too.`,
  }),
);
