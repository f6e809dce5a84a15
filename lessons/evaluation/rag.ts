import type { BaseLanguageModelInterface } from "@langchain/core/language_models/base";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";

/** The program that the lesson evaluates: passages of the handbook, and an answer from them. */
const PROMPT = `Answer the question from the context below, in one sentence.
If the context does not say, answer: I don't know.

Context:
{context}

Question: {question}
Answer:`;

interface Search {
  similaritySearch(question: string, k: number): Promise<Passage[]>;
}

interface Passage {
  id?: string;
  pageContent: string;
  metadata: Record<string, unknown>;
}

/** Passages as they stand in the prompt, each with a number and its source. */
export const written = (passages: Passage[]) =>
  passages
    .map(
      ({ pageContent, metadata }, at) =>
        `[${at + 1}] (source: ${metadata.source})\n${pageContent}`,
    )
    .join("\n\n");

/** A function that answers a question from the k nearest passages, and says which these were. */
export function ragOf(
  model: BaseLanguageModelInterface,
  store: Search,
  { k, prompt = PROMPT }: { k: number; prompt?: string },
) {
  const chain = PromptTemplate.fromTemplate(prompt)
    .pipe(model)
    .pipe(new StringOutputParser());
  return async (question: string) => {
    const passages = await store.similaritySearch(question, k);
    const context = written(passages);
    const answer = await chain.invoke({ question, context });
    return { answer, context, ids: passages.map(({ id = "" }) => id) };
  };
}
