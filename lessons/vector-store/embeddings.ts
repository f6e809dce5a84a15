import { cosineSimilarity } from "@langchain/core/utils/math";
import { encoder, integer, section, text, vectors } from "../../src/lab.ts";
import { OPEN, percent, SENTENCES, WRITTEN } from "./material.ts";

// A language model has not read your documents. To find the few passages that
// fit a question, a program compares texts by meaning. For that, each text is
// turned into a list of numbers.
const lab = section({
  title: "A sentence becomes a vector",
  kits: [vectors, encoder],
  params: {
    sentence: text({
      default: "A token is a piece of a word.",
      maxLength: 300,
      help: "a sentence of your own",
    }),
    amount: integer({
      default: 900,
      min: 0,
      max: 1_000_000_000,
      help: "dollars of an invoice, compared with one of 100",
    }),
    layer: integer({
      default: 1,
      min: 1,
      max: 2,
      help: "the layer whose attention is shown",
    }),
    head: integer({
      default: 3,
      min: 1,
      max: 4,
      help: "the head of that layer",
    }),
  },
});

// An *embedding model* takes a text and returns a *vector*: a list of numbers, as
// many for every text. A single number means nothing by itself; together they give
// a direction, and texts with similar meanings point in similar directions.
// OpenAI's text-embedding-3-small makes 1,536 numbers in one trained network. Offline
// there are 896: 512 from a *sentence encoder*, a small transformer whose 7 million
// weights were learnt from English text, and 384 that count words, letters and the
// concepts of a lexicon. Each part has half a say. More: `llm-lab help embedding`.
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

// *Cosine similarity* says how alike two directions are: 1 for the same
// direction, 0 for unrelated ones, less for opposite ones. Here `sentence` is compared with four
// others, and those with each other. Each row and each column of the table is
// one sentence; number 1 is yours.
const near = lab.step<{
  nearest: (typeof SENTENCES)[number];
  similarity: number;
}>("Which are alike?", async ({ embeddings, params, show, table, tell }) => {
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
});

// The encoder cuts the sentence into tokens ("▁" marks where a word begins) and
// sends them through two layers. In each layer every token takes in something of
// the others by *attention*; four *heads* do so side by side. At the end the
// encoder averages all tokens into one vector. The second table is of the tiny
// language model of lesson prompting, which predicts the next token. A row says at
// which token this one looks most in `head` of `layer`, with what share, and how
// much of its attention goes to later tokens. More: `llm-lab help attention`.
const attention = lab.step<{ encoder: number; language: number }>(
  "Attention: how tokens look at each other",
  async ({ encoder, tinyLm, params, table, tell }) => {
    const models = {
      encoder: encoder.attention(params.sentence),
      language: tinyLm.attention(params.sentence),
    };
    for (const [name, { tokens, shares }] of Object.entries(models)) {
      const head = shares[params.layer - 1]![params.head - 1]!;
      const rows = head.map((row, at) => {
        const most = row.indexOf(Math.max(...row));
        const pair = [at, most].map((n) => `${n + 1} ${tokens[n]}`);
        return [...pair, ...[row[most]!, after(row, at)].map(percent)];
      });
      await table(MODELS[name]!, LOOKS, rows.slice(0, SHOWN));
    }
    const ahead = (model: keyof typeof models) =>
      Math.max(...models[model].shares.flat().flatMap(mostAhead));
    await tell({
      encoder: ahead("encoder"),
      language: ahead("language"),
    });
  },
);

const MODELS: Record<string, string> = {
  encoder: "In the encoder",
  language: "In the tiny language model",
};
const LOOKS = ["token", "looks most at", "share", "at later ones"];
/** Rows of a long sentence. */
const SHOWN = 16;

/** The share of a token's attention that goes to those after it. */
const after = (row: number[], at: number) =>
  row.slice(at + 1).reduce((sum, share) => sum + share, 0);

const mostAhead = (rows: number[][]) => Math.max(...rows.map(after));

const ALLOWED = "You may smoke here.";
const OTHERS = [
  "Smoking is allowed in this place.",
  "You may not smoke here.",
  "The train leaves at noon.",
] as const;

// Know what your model finds alike: embed pairs of texts of which you know it. Here
// one sentence is compared with another wording, with its negation and with
// something else. `encoder` is the learnt part alone, `embeddings` the model of this
// run; to compare a larger one, set LLM_LAB_EMBEDDING_MODEL.
const negated = lab.step<{ reworded: number; opposite: number }>(
  "A sentence and its negation",
  async ({ encoder, embeddings, table, tell }) => {
    const texts = [ALLOWED, ...OTHERS];
    const alone = likeFirst(encoder.encode(texts));
    const joined = likeFirst(await embeddings().embedDocuments(texts));

    const rows = rowsOf(OTHERS, alone, joined);
    await table(`How like "${ALLOWED}"`, ALONE, rows);
    const [reworded = 0, opposite = 0] = joined;
    await tell({ reworded, opposite });
  },
);

const ALONE = ["the other", "encoder", "embeddings"];

const rowsOf = (texts: readonly string[], ...similar: [number[], number[]]) =>
  texts.map((text, at) => [text, ...similar.map((of) => of[at]!.toFixed(2))]);

/** How similar the first vector is to each of the others. */
const likeFirst = (vectors: number[][]) =>
  cosineSimilarity([vectors[0]!], vectors.slice(1))[0]!;

// To the encoder a number is a token like any other, whose vector was learnt from
// the words around it; it cannot count. The offline embeddings' other part sees
// other letters. The first row changes only the amount, the second only the wording.
const numbers = lab.step<{ amount: number; wording: number }>(
  "Numbers",
  async ({ encoder, embeddings, params, table, tell }) => {
    const { amount } = params;
    const others = [
      `The invoice is for ${amount} dollars.`,
      "Please pay us the 100 dollars that you owe.",
    ];
    const texts = ["The invoice is for 100 dollars.", ...others];
    const alone = likeFirst(encoder.encode(texts));
    const joined = likeFirst(await embeddings().embedDocuments(texts));

    const rows = rowsOf(others, alone, joined);
    await table(`How like "${texts[0]}"`, ALONE, rows);
    const [byAmount = 0, byWording = 0] = joined;
    await tell({ amount: byAmount, wording: byWording });
  },
);

// The encoder learnt from English text in ordinary spelling. Its vocabulary tells
// small letters from capitals, and has few pieces for other languages: the more
// tokens a short text takes, the less the vocabulary knows it. llm-lab writes a text
// that has no small letter at all in small ones before the encoder reads it.
const spelling = lab.step<{ capitals: number; wording: number }>(
  "Capitals and other languages",
  async ({ encoder, table, tell }) => {
    const similar = likeFirst(encoder.encode([OPEN, ...WRITTEN]));

    const rows = WRITTEN.map((text, at) => [
      text,
      encoder.tokens(text).length,
      similar[at]!.toFixed(2),
    ]);
    await table(
      `For the encoder alone, how like "${OPEN}"`,
      ["the other", "tokens", "similarity"],
      rows,
    );
    const [capitals = 0, wording = 0] = similar;
    await tell({ capitals, wording });
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

export default lab.steps(
  vector,
  near
    .predict({
      question: ({ sentence }) =>
        `Which of these is nearest to your sentence, "${sentence}"?`,
      choices: () => SENTENCES,
      judge: ({ facts }) => facts.nearest,
      why: ({ facts }) =>
        `Of the four, it has the largest cosine similarity with yours: ${facts.similarity.toFixed(2)}.`,
    })
    .expect(
      "tokenizers are near",
      ({ facts }) => facts.nearest === SENTENCES[0],
    ),
  attention
    .predict({
      question: "In which of the two models do tokens look at later ones?",
      choices: ["both", "only the encoder", "only the LM", "neither"],
      judge: ({ facts: { encoder, language } }) => {
        if (encoder > 0 && language > 0) return "both";
        if (encoder > 0) return "only the encoder";
        return language > 0 ? "only the LM" : "neither";
      },
      why: "A language model must not see the token that it has to predict, so its tokens look back only; an encoder has the whole sentence before it. The shares say how much a head takes from where, not why a model decides as it does: the heads, the layers and what else happens to a token are mixed afterwards.",
    })
    .expect("only an encoder's tokens look ahead", "only the encoder"),
  negated
    .predict({
      question:
        'Which will the embeddings find nearer to "You may smoke here."?',
      choices: [
        "Smoking is allowed in this place.",
        "You may not smoke here.",
      ],
      judge: ({ facts }) =>
        facts.opposite > facts.reworded
          ? "You may not smoke here."
          : "Smoking is allowed in this place.",
      why: ({ facts }) =>
        `The other wording scores ${facts.reworded.toFixed(2)}, the negation ${facts.opposite.toFixed(2)}. A vector says what a text is about, and a rule and its opposite are about the same thing. Do not let similarity decide whether two texts agree; have a model read them.`,
    })
    .expect("the negation is nearer", "You may not smoke here."),
  numbers
    .predict({
      question: ({ amount }) =>
        `Which will the embeddings find nearer to an invoice for 100 dollars: the same sentence with ${amount}, or the 100 dollars in other words?`,
      choices: ["the other amount", "the other wording"],
      judge: ({ facts }) =>
        facts.amount > facts.wording
          ? "the other amount"
          : "the other wording",
      why: ({ facts }) =>
        `The amount scores ${facts.amount.toFixed(2)}, the wording ${facts.wording.toFixed(2)}. To find an exact number, a date or a code, filter by metadata or search for the word as well (vector-store/filters, vector-store/hybrid).`,
    })
    .expect("another amount is nearer", "the other amount"),
  spelling
    .predict({
      question:
        'Which will the encoder find nearer to "The shop is open on Sunday.": the same words in other letters, or other words?',
      choices: [
        "The Shop Is Open On Sunday.",
        "The store does business at the weekend.",
      ],
      judge: ({ facts }) =>
        facts.capitals > facts.wording
          ? "The Shop Is Open On Sunday."
          : "The store does business at the weekend.",
      why: ({ facts }) =>
        `The capitals score ${facts.capitals.toFixed(2)}, the other words ${facts.wording.toFixed(2)}: for the encoder "Shop" and "shop" are two tokens. Write headings like sentences before you embed them. For texts in several languages take a multilingual model, and try it with sentences of your own.`,
    })
    .expect(
      "capitals are far away",
      ({ facts }) => facts.capitals < facts.wording,
    ),
  mapped,
);
