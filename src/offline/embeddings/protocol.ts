import * as z from "zod";
import { type DecodeTokens, textsOf, textsShape } from "../texts.ts";
import { embedTexts } from "./embed.ts";

export const EMBEDDING_MODEL = "offline-embedding-2";

export const embeddingRequest = z.strictObject({
  model: z.string(),
  input: textsShape(z.string().min(1)),
  encoding_format: z.enum(["float", "base64"]).nullish(),
  user: z.string().nullish(),
  dimensions: z.int().min(16).max(4096).nullish(),
});

export type EmbeddingRequest = z.infer<typeof embeddingRequest>;

/** The body of an answer to /v1/embeddings. */
export async function embeddingsBody(
  request: EmbeddingRequest,
  countTokens: (text: string) => number,
  decode?: DecodeTokens,
  signal?: AbortSignal,
) {
  const inputs = textsOf(request.input, "input", decode);
  const tokens = inputs.reduce((sum, text) => sum + countTokens(text), 0);
  const vectors = await embedTexts(inputs, request.dimensions ?? undefined, signal);
  const data = vectors.map((vector, index) => {
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
