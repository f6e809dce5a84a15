import type { LabVectorStore } from "../../src/lab.ts";

/**
 * Questions about the handbook, with the passages that answer them: a measure for whatever is
 * changed.
 */
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

/** Questions in everyday words that the handbook answers, and some that it does not. */
export const ANSWERABLE = [
  "How can I make answers less random?",
  "How does temperature change the reply?",
  "How much overlap should chunks have?",
  "How long should I wait before a retry?",
  "What is a context window?",
  "How are BPE merges learnt?",
  "What is a system message for?",
  "How do I reuse an answer to a similar question?",
];
export const UNANSWERABLE = [
  "How long do I boil an egg?",
  "Who won the match on Saturday?",
  "What does a ticket to Rome cost?",
  "How do I change a tyre?",
  "Is it going to rain tomorrow?",
  "Who wrote Hamlet?",
  "How do I prune roses?",
  "What time does the bakery open?",
];

/** Questions that share a word with the handbook, which does not answer them. */
export const NEAR_MISSES = [
  "How much memory does my phone have?",
  "What is the capital of France?",
  "How long do agents need to sell a house?",
  "Where can I store my bike?",
  "What is the temperature in Rome?",
  "How do I train my dog?",
  "Which bank has the best loan?",
  "What is the context of this crime?",
];

/** Names that stand in one passage of the handbook; the letters count, not a meaning. */
export const NAMES = [
  { question: "What is efConstruction?", answers: ["hnsw"] },
  { question: "What is maxConcurrency?", answers: ["rate-limit"] },
  { question: "What is Retry-After?", answers: ["retries"] },
  {
    question: "What is RecursiveCharacterTextSplitter?",
    answers: ["chunking"],
  },
  { question: "What is Chatbot Arena?", answers: ["pairwise-comparison"] },
  { question: "What is sqlite-vec?", answers: ["vector-store"] },
  { question: "What is IVFFlat?", answers: ["pgvector"] },
  { question: "What is Langfuse?", answers: ["observability"] },
  { question: "What is OpenRouter?", answers: ["openai-compatible"] },
  { question: "What is nDCG?", answers: ["mrr"] },
  { question: "What is t-SNE?", answers: ["embedding-map"] },
  { question: "What is AbortSignal?", answers: ["timeouts"] },
];

export type Question = { question: string; answers: string[] };

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

/** How many right passages were found, what share that is, and the mean of 1 / their places. */
export async function measureOf(
  search: (question: string) => Promise<{ id?: string }[]>,
  questions: Question[] = QUESTIONS,
): Promise<{ right: number; recall: number; mrr: number }> {
  let [right, places] = [0, 0];
  for (const { question, answers } of questions) {
    const found = await search(question);
    const at = found.findIndex(({ id = "" }) => answers.includes(id));
    if (at < 0) continue;
    right += 1;
    places += 1 / (at + 1);
  }
  const { length } = questions;
  return { right, recall: right / length, mrr: places / length };
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

/** What keeps tenants apart in Postgres; the last part is said in each transaction. */
export const ROW_LEVEL_SECURITY = `ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents FORCE ROW LEVEL SECURITY; -- for its owner too
CREATE POLICY own ON documents
  USING (metadata->>'tenant' = current_setting('app.tenant'));
-- Connect as a role that neither owns the table nor is a superuser,
-- and in each transaction, before the search (true: until its end):
SELECT set_config('app.tenant', 'acme', true);`;

/** Sentences that a vector is compared with. */
export const SENTENCES = [
  "Tokenizers cut text into subwords.",
  "Sampling at a high temperature is bolder.",
  "Randomness makes the model more creative.",
  "A backup is worth what its restore is.",
] as const;

/** A sentence, and others that say the same in other letters or words. */
export const OPEN = "The shop is open on Sunday.";
export const WRITTEN = [
  "The Shop Is Open On Sunday.",
  "The store does business at the weekend.",
  "THE SHOP IS OPEN ON SUNDAY.",
  "Der Laden ist am Sonntag geöffnet.",
  "El domingo abre la tienda.",
];
