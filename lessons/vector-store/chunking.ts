import {
  MarkdownTextSplitter,
  RecursiveCharacterTextSplitter,
} from "@langchain/textsplitters";
import { integer, section, text, vectors } from "../../src/lab.ts";
import { percent } from "./material.ts";

// How long should the pieces be that are embedded? Short ones match exactly and
// lack what stands around them. Long ones bring it along, blur the meaning, and
// fill the prompt.
const lab = section({
  title: "How to cut",
  kits: [vectors],
  params: {
    size: integer({
      default: 160,
      min: 50,
      max: 2000,
      help: "characters of a chunk",
    }),
    overlap: integer({
      default: 60,
      min: 0,
      max: 1000,
      help: "characters that neighbours share",
    }),
    text: text({
      default:
        "Retries must wait longer each time, with some chance in it, or all clients come back at once. Never retry a request that was refused for good, such as one with a wrong key: it fails again, and only your users wait.",
      help: "the text to cut",
    }),
  },
});

// A *splitter* goes through a list of separators, from headings to letters, and
// uses the first that makes pieces small enough. The *overlap* repeats the end
// of a chunk at the start of the next, so that what stands at a border is whole
// in one of them.
const cut = lab.step("Size and overlap", async ({ params, table }) => {
  for (const chunkOverlap of [0, Math.min(params.overlap, params.size / 2)]) {
    const splitter = new RecursiveCharacterTextSplitter({
      chunkSize: params.size,
      chunkOverlap,
    });
    const chunks = await splitter.splitText(params.text);

    await table(
      `Chunks of at most ${params.size}, overlap ${chunkOverlap}`,
      ["", "chunk"],
      chunks.map((chunk, at) => [`${at + 1}`, chunk]),
    );
  }
});

// Questions, each with words that stand in the handbook where it answers.
const ASKED = [
  ["How much should neighbouring chunks overlap?", "10 to 20 per cent"],
  ["How does rank fusion score a document?", "60 + its rank"],
  ["What is the number of opened IVF cells called?", "called nprobes"],
  ["What is ef in HNSW?", "ef the breadth of searching"],
  ["How long should chunks be?", "100 to 300 words"],
  ["How large is a LoRA adapter?", "file of some megabytes"],
  ["What does a temperature near 0 do?", "practically always wins"],
  ["What does lambda weigh in MMR?", "1 means relevance alone"],
  ["How long do I wait before a retry?", "wait a second, then two"],
  ["Where should I keep an API key?", "or a secret store"],
  ["How does BPE build a vocabulary?", "merge them into one new piece"],
  ["What does beta say in DPO?", "how far it may drift"],
] as const;
const SIZES = [150, 300, 600, 1200, 2400];

// Three chunks go into the prompt, and the answer must be in one of them. Small
// ones miss it, for what the question is about often stands in another chunk. The
// largest cost the most tokens, and a vector of many subjects is near none. There
// is no best size for all texts; there is a measured one for yours.
const sizes = lab.step(
  "Size against price",
  async ({ folder, store, table, plot, countTokens }) => {
    const chapters = await folder("the handbook");
    const points: Point[] = [];
    for (const chunkSize of SIZES) {
      const splitter = new MarkdownTextSplitter({
        chunkSize,
        chunkOverlap: 0,
      });
      const chunks = await splitter.splitDocuments(chapters);
      const db = await store({ collection: `size-${chunkSize}` });
      await db.addDocuments(chunks);

      const point = { size: chunkSize, chunks: chunks.length, ...NOTHING };
      for (const [question, words] of ASKED) {
        const found = await db.similaritySearch(question, 3);
        const context = found.map((one) => one.pageContent).join("\n\n");
        if (context.includes(words)) point.right += 1 / ASKED.length;
        point.tokens += countTokens(context) / ASKED.length;
      }
      points.push(point);
    }
    await table("Three chunks a question", COLUMNS, points.map(rowOf));
    await plot("Answers found, and their price", AXES, [seriesOf(points)]);
  },
);

const NOTHING = { right: 0, tokens: 0 };

type Point = { size: number; chunks: number; right: number; tokens: number };

const COLUMNS = ["size", "chunks", "answer there", "tokens"];
const rowOf = ({ size, chunks, right, tokens }: Point) => [
  size,
  chunks,
  percent(right),
  tokens.toFixed(0),
];

const AXES = { x: "tokens of the context", y: "answer there, %" };
const seriesOf = (points: Point[]) => ({
  name: "characters of a chunk",
  points: points.map(({ right }) => 100 * right),
  xs: points.map(({ tokens }) => tokens),
  labels: points.map(({ size }) => `${size}`),
});

export default lab.steps(
  cut,
  sizes.predict({
    question: "What will chunks of 2,400 characters cost, compared with 150?",
    choices: ["about the same", "two to five times", "more than ten times"],
    judge: (run) => {
      const tokens = run.tables[0]?.rows.map((row) => Number(row[3])) ?? [];
      const times = (tokens.at(-1) ?? 0) / (tokens[0] ?? 1);
      if (times < 1.5) return "about the same";
      return times < 8 ? "two to five times" : "more than ten times";
    },
  }),
);
