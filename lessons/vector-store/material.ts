import type { LabVectorStore } from "../../src/lab.ts";

/** Questions about the handbook, with the passages that answer them: a measure for whatever is changed. */
export const QUESTIONS = [
  { question: "What is a context window?", answers: ["context-window"] },
  { question: "How are BPE merges learnt?", answers: ["byte-pair-encoding"] },
  { question: "What does RRF do with ranks?", answers: ["rank-fusion"] },
  { question: "When is DPO simpler than RLHF?", answers: ["dpo"] },
  { question: "Why use LoRA?", answers: ["lora", "fine-tuning"] },
  { question: "What does nprobes set?", answers: ["ivf", "recall-latency"] },
  { question: "What is ef in HNSW?", answers: ["hnsw", "recall-latency"] },
  { question: "How does top-p cut the list?", answers: ["top-p"] },
  { question: "Why retry with backoff?", answers: ["retries"] },
  { question: "What is a system message for?", answers: ["system-message"] },
  {
    question: "Why does the bot make things up?",
    answers: ["hallucination"],
  },
  {
    question: "How do I keep customers apart in one database?",
    answers: ["tenants", "metadata-filter"],
  },
  {
    question: "Can a web page give my assistant orders?",
    answers: ["indirect-injection", "prompt-injection"],
  },
  {
    question: "How do I make replies less random?",
    answers: ["temperature", "greedy-decoding"],
  },
  {
    question: "What if the power goes while data is saved?",
    answers: ["durability"],
  },
  {
    question: "How do I reuse an answer to a similar question?",
    answers: ["semantic-cache"],
  },
];

export type Question = (typeof QUESTIONS)[number];

/** The share of questions whose answer is among what was found. */
export async function recallOf(
  search: (question: string) => Promise<{ id?: string }[]>,
  questions: Question[] = QUESTIONS,
): Promise<number> {
  let right = 0;
  for (const { question, answers } of questions) {
    const found = await search(question);
    if (found.some(({ id = "" }) => answers.includes(id))) right += 1;
  }
  return right / questions.length;
}

/** The vectors of passages, around which others are scattered. */
export const centresOf = (
  passages: { pageContent: string }[],
  db: LabVectorStore,
) => db.embeddings.embedDocuments(passages.map((one) => one.pageContent));

/** Writes vectors as documents without much text, each with its number for an id. */
export async function addVectors(
  db: LabVectorStore,
  vectors: number[][],
  numberOf = (at: number) => at,
): Promise<void> {
  const documents = vectors.map((_, at) => ({
    id: `v${numberOf(at)}`,
    pageContent: `Document ${numberOf(at)}`,
    metadata: { n: numberOf(at) },
  }));
  await db.addVectors(vectors, documents);
}

export const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
