type Encode = (text: string, options?: { disallowedSpecial?: Set<string> }) => number[];

/**
 * Loads the token counter of a model's encoding; nothing is downloaded.
 *
 * o200k_base for GPT-4o and later, cl100k_base for GPT-4, GPT-3.5, the offline tutor, and, as an estimate,
 * for models whose encoding is not known. Source: the model table of gpt-tokenizer.
 */
export async function loadCounter(model: string): Promise<(text: string) => number> {
  const encode: Encode =
    encodingOf(model) === "o200k_base"
      ? (await import("gpt-tokenizer/encoding/o200k_base")).encode
      : (await import("gpt-tokenizer/encoding/cl100k_base")).encode;
  // Text such as <|endoftext|> in a message is only text.
  return (text) => encode(text, { disallowedSpecial: new Set() }).length;
}

/** The encoding of a model, by its name: with a provider before it, or as the base of a fine-tuned model. */
export function encodingOf(model: string): "o200k_base" | "cl100k_base" {
  const name = model.replace(/^ft:/, "").replace(/^.*\//, "").toLowerCase();
  const isNewer = /^(gpt-4o|chatgpt-4o|gpt-4\.1|gpt-4\.5|gpt-[5-9]|gpt-oss|o[1-9])/.test(name);
  return isNewer ? "o200k_base" : "cl100k_base";
}
