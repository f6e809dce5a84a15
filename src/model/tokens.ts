import type { GptEncoding } from "gpt-tokenizer/GptEncoding";

/** Counts and cuts text in a model's encoding, on this machine. */
export interface Tokenizer {
  count(text: string): number;
  /** the text in pieces, one a token; joined, they are the text */
  split(text: string): string[];
  /** the text of tokens; it throws where a number is not one */
  decode(ids: readonly number[]): string;
}

/** The encodings of OpenAI's models: of GPT-4 in 2023, and of GPT-4o in 2024 and those after it. */
export type EncodingName = "cl100k_base" | "o200k_base";

type Encoding = Pick<GptEncoding, "encode" | "decode" | "decodeGenerator">;

/**
 * Loads the tokenizer of a model's encoding; nothing is downloaded.
 *
 * o200k_base for GPT-4o and later, cl100k_base for GPT-4, GPT-3.5, the offline tutor, and, as an
 * estimate, for models whose encoding is not known. Source: the model table of gpt-tokenizer.
 */
export async function loadTokenizer(model: string): Promise<Tokenizer> {
  return loadEncoding(encodingOf(model));
}

/** Loads the tokenizer of an encoding by its name. */
export async function loadEncoding(name: EncodingName): Promise<Tokenizer> {
  const { encode, decode, decodeGenerator }: Encoding =
    name === "o200k_base"
      ? await import("gpt-tokenizer/encoding/o200k_base")
      : await import("gpt-tokenizer/encoding/cl100k_base");
  // Text such as <|endoftext|> in a message is only text.
  const asText = { disallowedSpecial: new Set<string>() };
  const encoded = (text: string) => partsOf(text).flatMap((part) => encode(part, asText));
  return {
    count: (text) => partsOf(text).reduce((sum, part) => sum + encode(part, asText).length, 0),
    split: (text) => [...decodeGenerator(encoded(text))],
    decode: (ids) => decode(ids),
  };
}

/** No token is longer; to merge the letters of a longer run takes time that grows as its square. */
const LONGEST_RUN = 256;

/**
 * A text cut so that each run of letters, of signs or of spaces is of a length that is soon
 * encoded. Texts that people write are not cut at all.
 */
function partsOf(text: string): string[] {
  if (text.length <= LONGEST_RUN) return [text];
  const parts: string[] = [];
  let start = 0;
  for (const { 0: run, index } of text.matchAll(/\p{L}+|\s+|[^\s\p{L}\p{N}]+/gu)) {
    for (let at = index; index + run.length - at > LONGEST_RUN; ) {
      if (at > start) parts.push(text.slice(start, at));
      // A character of two halves stays whole.
      const isHalf = /[\uD800-\uDBFF]/.test(text[at + LONGEST_RUN - 1] ?? "");
      start = at + LONGEST_RUN - (isHalf ? 1 : 0);
      parts.push(text.slice(at, start));
      at = start;
    }
  }
  if (start < text.length) parts.push(text.slice(start));
  return parts;
}

/** The token counter of a model; see loadTokenizer. */
export async function loadCounter(model: string): Promise<(text: string) => number> {
  return (await loadTokenizer(model)).count;
}

/**
 * The encoding of a model, by its name: with a provider before it, or as the base of a fine-tuned
 * model.
 */
export function encodingOf(model: string): EncodingName {
  const name = model.replace(/^ft:/, "").replace(/^.*\//, "").toLowerCase();
  const isNewer = /^(gpt-4o|chatgpt-4o|gpt-4\.1|gpt-4\.5|gpt-[5-9]|gpt-oss|o[1-9])/.test(name);
  return isNewer ? "o200k_base" : "cl100k_base";
}
