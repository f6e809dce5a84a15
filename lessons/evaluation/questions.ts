/** A question of the test set. */
export interface Question {
  id: string;
  question: string;
  /** a right answer, as short as it can be */
  reference: string;
  /** the handbook's passage that answers it; "none" where none does */
  topic: string;
  /** words of which a right answer mostly holds one */
  accepted: readonly string[];
}

/**
 * Twenty questions about the handbook; two of them it does not answer, and a right answer says so.
 */
export const QUESTIONS: Question[] = [
  {
    id: "overlap",
    question: "How much overlap should chunks have?",
    reference: "10 to 20 per cent of a chunk's length.",
    topic: "chunk-overlap",
    accepted: ["10 to 20", "10-20", "10–20"],
  },
  {
    id: "fusion",
    question: "What does reciprocal rank fusion look at?",
    reference: "Only at the ranks, not at the scores.",
    topic: "rank-fusion",
    accepted: ["ranks", "rankings", "its rank"],
  },
  {
    id: "perplexity",
    question: "What does a perplexity of 1 mean?",
    reference: "Every token was foreseen with certainty.",
    topic: "perplexity",
    accepted: ["certain"],
  },
  {
    id: "passages",
    question: "How many passages should I hand to the model?",
    reference: "Three to eight.",
    topic: "top-k-passages",
    accepted: ["three to eight", "3 to 8", "3-8", "3–8"],
  },
  {
    id: "keywords",
    question: "What can BM25 not do?",
    reference: "Recognise that two different words mean one thing.",
    topic: "bm25",
    accepted: ["different words", "synonym"],
  },
  {
    id: "reranker",
    question: "What can a reranker not rescue?",
    reference: "A passage that the first stage missed.",
    topic: "reranking",
    accepted: ["missed", "did not find"],
  },
  {
    id: "batch-time",
    question: "How long does a batch file take?",
    reference: "Mostly less than 24 hours.",
    topic: "batching",
    accepted: ["24 hours", "a day"],
  },
  {
    id: "batch-price",
    question: "Do I pay less when I call batch() in LangChain?",
    reference: "No, batch() sends ordinary requests at the ordinary price.",
    topic: "batching",
    accepted: ["ordinary price", "same price"],
  },
  {
    id: "rate-limit",
    question: "Which error do I get if I send too many requests?",
    reference: "Error 429.",
    topic: "rate-limit",
    accepted: ["429"],
  },
  {
    id: "retries",
    question: "After which errors should a program not retry?",
    reference: "After a wrong key or an invalid request.",
    topic: "retries",
    accepted: ["wrong key", "invalid request"],
  },
  {
    id: "key-lost",
    question: "somebody has my api key, what now??",
    reference: "Revoke the key at once.",
    topic: "api-key",
    accepted: ["revoke"],
  },
  {
    id: "cache",
    question: "What does a prompt cache need in order to find something?",
    reference: "A beginning that is exactly equal.",
    topic: "prompt-caching",
    accepted: ["exactly equal", "same beginning", "exactly the same"],
  },
  {
    id: "mrr",
    question: "How is mean reciprocal rank computed?",
    reference:
      "As the average of 1 divided by the rank of the first right result.",
    topic: "mrr",
    accepted: ["divided by", "1 /", "1/rank"],
  },
  {
    id: "judges",
    question: "Which kind of answers do LLM judges favour?",
    reference:
      "Long ones, the first of two, confident ones, and those by models like themselves.",
    topic: "llm-as-judge",
    accepted: ["long"],
  },
  {
    id: "cases",
    question: "How many test cases show a change of two per cent?",
    reference: "More than a thousand.",
    topic: "test-set",
    accepted: ["thousand", "1,000", "1000"],
  },
  {
    id: "local",
    question:
      "How much memory does a model take at home if its weights have four bits?",
    reference:
      "A bit over half a gigabyte per billion parameters, plus room for the context.",
    topic: "local-models",
    accepted: ["half a gigabyte", "0.5 GB"],
  },
  {
    id: "stops",
    question: "How many stop sequences does OpenAI take?",
    reference: "Up to four.",
    topic: "stop-sequence",
    accepted: ["four", "4"],
  },
  {
    id: "forgets",
    question: "Why does it forget what I told it a minute ago?",
    reference: "A chat model keeps nothing between calls.",
    topic: "stateless",
    accepted: ["nothing between calls", "stateless", "begins from zero"],
  },
  {
    id: "egg",
    question: "How long do I boil an egg?",
    reference: "I don't know: the handbook does not say.",
    topic: "none",
    accepted: ["don't know", "does not say", "doesn't say"],
  },
  {
    id: "phone",
    question: "How much memory does my phone have?",
    reference: "I don't know: the handbook does not say.",
    topic: "none",
    accepted: ["don't know", "does not say", "doesn't say"],
  },
];

/**
 * Whether an answer has words that a right one must have; capitals and kinds of quotes do not
 * matter.
 */
export function accepts(
  answer: string,
  accepted: readonly string[],
): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll("’", "'");
  return accepted.some((words) => plain(answer).includes(plain(words)));
}
