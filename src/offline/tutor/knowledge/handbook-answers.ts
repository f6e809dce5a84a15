import { handbook } from "../../../handbook/handbook.ts";
import type { Passage } from "../../../handbook/passages.ts";
import { sentencesOf } from "../../../language/sentences.ts";
import { stemOf } from "../../../language/stems.ts";
import { wordsOf } from "../../../language/words.ts";
import { once } from "../../once.ts";
import { passageMisspelt, passageNamed } from "../../topics.ts";

/** Two sentences of a passage, those that have most of the words, and which passage it is. */
export function quotePassage({ title, text }: Passage, words: string[] = []): string {
  const sentences = sentencesOf(text.replace(/`/g, ""));
  const stems = new Set(words.map(stemOf));
  const met = sentences.map((sentence) => {
    const own = new Set(wordsOf(sentence).map(stemOf));
    return [...stems].filter((stem) => own.has(stem)).length;
  });
  // The beginning says what it is; a later place is better only where it speaks of more that is asked.
  let best = 0;
  for (let at = 1; at < sentences.length - 1; at++)
    if (met[at]! + met[at + 1]! > met[best]! + met[best + 1]!) best = at;
  return `${sentences.slice(best, best + 2).join(" ")} (From the handbook: "${title}".)`;
}

/**
 * The passage of a term: by its name, by a class of LangChain's that goes with it, or by what it is
 * also called.
 */
export function passageOf(term: string): Passage | undefined {
  if (term.length > LONGEST) return undefined;
  const name = term
    .trim()
    .replace(/^(?:an?|the) /i, "")
    .replace(
      / (?:in|for|with|of|about) (?:langchain(?:\.js)?|an? llms?|llms?|ai|rag|general|a (?:prompt|model)|models?|machine learning|deep learning|nlp|openai|gpt)$/i,
      "",
    );
  const [exact, loose] = otherNames(name);
  const named = (names: string[]) => names.map((one) => passageNamed(one)).find((found) => found);
  return named([name, ...exact]) ?? passageOfClass(name) ?? named(loose) ?? passageMisspelt(name);
}

const LONGEST = 60;

/** A class stands in the passage that names it, best in the one whose title says the same. */
function passageOfClass(name: string): Passage | undefined {
  const key = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/^conversation(?=.{4})/, "");
  if (key.length < 6 || name.includes(" ")) return undefined;
  return classes().get(key) ?? classes().get(`${key}memory`);
}

/**
 * The names in code style of all passages, without "Conversation"; the first passage to name one
 * has it.
 */
const classes = once(() => {
  const found = new Map<string, Passage>();
  for (const passage of handbook()) {
    for (const [, name = ""] of passage.text.matchAll(
      /`([A-Za-z][A-Za-z.]{4,40})(?:\([^`]*\))?`/g,
    )) {
      const key = name
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "")
        .replace(/^conversation(?=.{4})/, "");
      if (!found.has(key)) found.set(key, passage);
    }
  }
  return found;
});

/**
 * "SequentialChain" as "Sequential Chain", "fine tuning" as "fine-tuning", and what the handbook
 * calls otherwise.
 */
function otherNames(name: string): [exact: string[], loose: string[]] {
  const apart = name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_/g, " ");
  const plain = apart.toLowerCase();
  const shorter = plain
    .replace(/^(?:conversation|multi|simple) ?/, "")
    .replace(
      / (?:chains?|classes|class|memory|prompting|model|models|algorithm|search|index|mechanism)$/,
      "",
    );
  const also = ALSO[plain] ?? ALSO[shorter];
  const long = (one: string) => one.length > 2;
  return [
    [...(also === undefined ? [] : [also]), apart, plain].filter(long),
    [`${shorter} memory`, `${shorter} chain`, shorter].filter(long),
  ];
}

/** Names in use for what the handbook has under another. */
const ALSO: Record<string, string> = {
  "language model": "llm",
  "language models": "llm",
  gpt: "llm",
  nucleus: "top-p",
  "nucleus sampling": "top-p",
  hallucinate: "hallucination",
  hallucinations: "hallucination",
  "making things up": "hallucination",
  "multi prompt chain": "router-chain",
  "multi route chain": "router-chain",
  multiprompt: "router-chain",
  "prompt router": "router-chain",
  router: "router-chain",
  routing: "router-chain",
  runnable: "lcel",
  runnables: "lcel",
  "vector db": "vector-store",
  "vector database": "vector-store",
  "vector databases": "vector-store",
  window: "context-window",
  "context length": "context-window",
  cosine: "cosine-similarity",
  "system prompt": "system-message",
  tokenization: "tokenizer",
  tokenisation: "tokenizer",
  tokenizing: "tokenizer",
  bpe: "byte-pair-encoding",
  "word embedding": "embedding",
  "text embedding": "embedding",
  "loss function": "loss",
  "semantic similarity": "cosine-similarity",
  "retrieval augmented generation": "rag",
  "buffer window": "window-memory",
  "token buffer": "token-buffer-memory",
  "summary buffer": "summary-buffer-memory",
  knn: "exact-search",
  ann: "approximate-search",
  "function calling": "tool-calling",
  "json mode": "structured-output",
  parameter: "parameters",
  weights: "parameters",
  "llm as a judge": "llm-as-judge",
};
