import * as z from "zod";
import { contentStems, meaningsOf } from "./tutor/concepts.ts";
import { domainsOf } from "./tutor/tasks/domains.ts";

export const EMBEDDING_MODEL = "offline-embedding";
const DIMENSIONS = 384;

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
    const vector = embed(text, request.dimensions ?? DIMENSIONS);
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

/**
 * A vector of length 1 for a text, without learnt weights: its words, the letters in them, and the concepts
 * and fields that a hand-written lexicon finds in it, each hashed to a place. Texts on the same matter lie
 * close together; a free paraphrase may not, which is what trained models are for.
 */
function embed(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const add = (feature: string, weight: number) => {
    const hash = hashOf(feature);
    const place = hash % dimensions;
    vector[place] = (vector[place] ?? 0) + (hash & 0x40000000 ? weight : -weight);
  };
  const stems = contentStems(text);
  for (const stem of stems) {
    add(`word:${stem}`, 1);
    const letters = `^${stem}$`;
    for (let at = 0; at + 3 <= letters.length; at++)
      add(`letters:${letters.slice(at, at + 3)}`, 0.25);
  }
  const meanings = meaningsOf(stems.join(" "));
  for (const meaning of meanings) if (meaning.includes(":")) add(meaning, 0.8);
  for (const [domain, weight] of domainsOf(text)) add(`field:${domain}`, 0.9 * Math.sqrt(weight));
  if (stems.length === 0) add(`text:${text}`, 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** FNV-1a, 32 bits, without the sign. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Numbers of 32 bits, the lowest byte first, as OpenAI sends them. */
function base64Of(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, at) => {
    bytes.writeFloatLE(value, at * 4);
  });
  return bytes.toString("base64");
}
