import type { OpenAIEmbeddings } from "@langchain/openai";
import { LabError } from "../errors.ts";
import type { Run } from "./open.ts";

/** How many texts OpenAI takes in one request, and our own endpoint too. */
export const LARGEST_BATCH = 2048;

/** The embedding model of a run. */
export function embeddingModelOf({ embedding, about }: Run): string {
  if (embedding.model !== undefined) return embedding.model;
  throw new LabError(
    `Nothing says which model at ${about.endpoint} makes vectors of texts`,
    "Name it with --embedding-model or LLM_LAB_EMBEDDING_MODEL, for example nomic-embed-text; --model offline needs none.",
    2,
  );
}

/** LangChain's embeddings, on the wire of the run. */
export async function embeddingsOf(run: Run, model: string): Promise<OpenAIEmbeddings> {
  const { models } = await run.connect();
  // LangChain would send what is more in requests at once.
  return Object.assign(models.embeddings({ model }), { batchSize: LARGEST_BATCH });
}
