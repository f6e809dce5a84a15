import type { Document } from "@langchain/core/documents";
import {
  MarkdownTextSplitter,
  RecursiveCharacterTextSplitter,
} from "@langchain/textsplitters";
import { integer, section, text, vectors } from "../../src/lab.ts";

// Documents are cut into chunks before they are embedded. How long should a chunk
// be, and should neighbours share some text? Two experiments: the first cuts one
// text, the second counts the answers that are found in six chapters of the
// handbook. More: `llm-lab help chunking`.
const lab = section({
  title: "Chunks: size and overlap",
  kits: [vectors],
  params: {
    size: integer({
      default: 160,
      min: 50,
      max: 2000,
      help: "characters of a chunk",
    }),
    overlap: integer({
      default: 80,
      min: 0,
      max: 1000,
      help: "characters that neighbours share, at most half of the size",
    }),
    budget: integer({
      default: 400,
      min: 50,
      max: 3000,
      help: "tokens of context for a question",
    }),
    text: text({
      default:
        "Retries must wait longer each time, with some chance in it, or all clients come back at once. Never retry a request that was refused for good, such as one with a wrong key: it fails again, and only your users wait.",
      help: "the text to cut",
    }),
  },
});

// A *splitter* has a list of separators: blank lines, lines, words, letters. It
// cuts at the first that occurs in the text, and what is still too long at the
// next. *Overlap* repeats the end of a chunk at the start of the next. A cut
// sentence is then whole in the second chunk, if its part before the cut fits into
// the overlap. The last table adds the end of a sentence to the separators; the
// full stop then begins the next chunk. The titles count the whole sentences.
const cut = lab.step("Size and overlap", async ({ params, table }) => {
  const { size, text } = params;
  const sentences = text.split(/(?<=[.!?])\s+/);
  const separators = ["\n\n", "\n", ". ", " ", ""];
  const overlap = Math.min(params.overlap, Math.floor(size / 2));
  const ways = {
    "no overlap": { chunkOverlap: 0 },
    [`overlap ${overlap}`]: { chunkOverlap: overlap },
    "no overlap, cut at sentences": { chunkOverlap: 0, separators },
  };
  for (const [way, options] of Object.entries(ways)) {
    const splitter = new RecursiveCharacterTextSplitter({
      chunkSize: size,
      ...options,
    });
    const chunks = await splitter.splitText(text);

    const whole = sentences.filter((one) => isIn(chunks, one)).length;
    const title = `${way}: ${whole} of ${sentences.length} sentences whole`;
    const rows = chunks.map((chunk, at) => [`${at + 1}`, chunk]);
    await table(`At most ${size}, ${title}`, ["", "chunk"], rows);
  }
});

const isIn = (chunks: string[], sentence: string) =>
  chunks.some((chunk) => chunk.includes(sentence.replace(/[.!?]+$/, "")));

// Questions, each with words that stand in the handbook where it answers.
const ASKED = [
  ["How much should neighbouring chunks overlap?", "10 to 20 per cent"],
  ["How does rank fusion score a document?", "60 + its rank"],
  ["What is the number of opened IVF cells called?", "called nprobes"],
  ["What is ef in HNSW?", "ef the breadth of searching"],
  ["How long should chunks be?", "100 to 300 words"],
  ["How large is a LoRA adapter?", "file of some megabytes"],
  ["What does a temperature near 0 do?", "nearly always wins"],
  ["What does lambda weigh in MMR?", "1 means relevance alone"],
  ["How long do I wait before a retry?", "wait a second, then two"],
  ["Where should I keep an API key?", "or a secret store"],
  ["How does BPE build a vocabulary?", "merge them into one new piece"],
  ["What does beta say in DPO?", "how far it may drift"],
] as const;
// The chapters that answer them.
const CHAPTERS = [
  ...["operations.md", "retrieval.md", "sampling.md"],
  ...["stores.md", "tokens.md", "training.md"],
];
type Cut = [size: number, overlap: number];
const CUTS: Cut[] = [
  [150, 0],
  [150, 50],
  [300, 0],
  [600, 0],
  [600, 200],
  [1200, 0],
  [2400, 0],
];

// To be fair, each size gets the same room in the prompt: `budget` tokens, filled
// with the nearest chunks, at least one. Twelve questions are asked, and the
// table counts those whose answer is in the context, and those whose answer was
// cut apart, so that no chunk holds it. Your texts differ from the handbook, so
// measure on yours.
const sizes = lab.step<{ small: number; large: number; apart: number }>(
  "Many small chunks or few large ones",
  async ({ folder, store, params, table, countTokens, tell }) => {
    const chapters = (await folder("the handbook")).filter(isAsked);
    const points: Point[] = [];
    for (const [chunkSize, chunkOverlap] of CUTS) {
      const splitter = new MarkdownTextSplitter({ chunkSize, chunkOverlap });
      const chunks = await splitter.splitDocuments(chapters);
      const db = await store({ collection: `c${chunkSize}-${chunkOverlap}` });
      await db.addDocuments(chunks);

      const point = { cut: [chunkSize, chunkOverlap], right: 0, tokens: 0 };
      for (const [question, words] of ASKED) {
        const found = await db.similaritySearch(question, 250);
        const context = filled(found, params.budget, countTokens);
        if (context.includes(words)) point.right += 1;
        point.tokens += countTokens(context) / ASKED.length;
      }
      points.push({ ...point, chunks: chunks.length, apart: apart(chunks) });
    }
    await table("The same room for each", COLUMNS, points.map(rowOf));
    const [small, large] = [points[0]!, points[3]!];
    await tell({
      small: small.right,
      large: large.right,
      apart: small.apart,
    });
  },
);

const isAsked = ({ metadata: { source } }: Document) =>
  CHAPTERS.some((name) => source.endsWith(name));

/** The nearest chunks for which there is room; the first in any case. */
function filled(
  chunks: { pageContent: string }[],
  budget: number,
  countTokens: (text: string) => number,
): string {
  const taken: string[] = [];
  let left = budget;
  for (const { pageContent } of chunks) {
    left -= countTokens(pageContent);
    if (left < 0 && taken.length > 0) break;
    taken.push(pageContent);
  }
  return taken.join("\n\n");
}

/** How many of the answers are whole in no chunk. */
const apart = (chunks: { pageContent: string }[]) =>
  ASKED.filter(
    ([, words]) =>
      !chunks.some(({ pageContent }) => pageContent.includes(words)),
  ).length;

type Point = {
  cut: number[];
  chunks: number;
  right: number;
  apart: number;
  tokens: number;
};

const COLUMNS = [
  ...["size", "overlap", "chunks", "answer there", "cut apart", "tokens"],
];
const rowOf = ({ cut: [size = 0, overlap = 0], ...point }: Point) => [
  size,
  overlap,
  point.chunks,
  `${point.right} of ${ASKED.length}`,
  point.apart,
  point.tokens.toFixed(0),
];

export default lab.steps(
  cut,
  sizes
    .predict({
      question:
        "In the same room, which find more answers: chunks of 150 characters or of 600?",
      choices: ["150", "600", "both as many"],
      judge: ({ facts: { small, large } }) => {
        if (small === large) return "both as many";
        return small > large ? "150" : "600";
      },
      why: ({ facts: { small, large, apart } }) =>
        `150 find ${small}, 600 find ${large} of ${ASKED.length}. At 150, ${apart} answers were cut apart, so no search can find them whole. A small chunk may also hold the answer without the words that the question uses, which stand in the chunk before. Overlap mends part of that; at 600 most passages are one chunk, and it changes nothing.`,
    })
    .expect("chunks that cut answers apart find fewer", "600"),
);
