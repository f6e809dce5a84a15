import * as z from "zod";
import { DIMENSIONS, embedText } from "./embed.ts";

export const EMBEDDING_MODEL = "offline-embedding";

export const embeddingRequest = z.object({
  model: z.string(),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]),
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.number().int().min(16).max(4096).nullish(),
});

export type EmbeddingRequest = z.infer<typeof embeddingRequest>;

/** The body of an answer to /v1/embeddings. */
export function embeddingsBody(request: EmbeddingRequest, countTokens: (text: string) => number) {
  const inputs = [request.input].flat();
  const tokens = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  const data = inputs.map((text, index) => {
    const vector = embedText(text, request.dimensions ?? DIMENSIONS);
    const embedding = request.encoding_format === "base64" ? base64Of(vector) : [...vector];
    return { object: "embedding", index, embedding };
  });
  return {
    object: "list",
    data,
    model: request.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

/** Numbers of 32 bits, the lowest byte first, as OpenAI sends them. */
function base64Of(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, at) => {
    bytes.writeFloatLE(value, at * 4);
  });
  return bytes.toString("base64");
}
