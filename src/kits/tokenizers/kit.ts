import type { Kit, ToolMaker } from "../../lesson/kit.ts";

interface TokenizersPort {
  /** the name of the model in use */
  model: string;
  isTiny(model: string): boolean;
  /** Cuts a text into tokens, in the encoding of the model in use. */
  splitTokens(text: string): string[] | Promise<string[]>;
  /** Counts the tokens of a text in an encoding of OpenAI's. */
  countIn(encoding: "cl100k_base" | "o200k_base", text: string): Promise<number>;
}

interface TokenizerTools {
  /** Shows a text cut into tokens, as the model in use cuts it, or a tiny one. */
  tokens(text: string, model?: string): Promise<void>;
  /** How many tokens a text has in an encoding of OpenAI's. */
  countIn: TokenizersPort["countIn"];
}

/** For sections about how text is cut into tokens. */
export const tokenizers: Kit<TokenizersPort, TokenizerTools> = {
  name: "tokenizers",
  open: async (port) => toolsWith(port),
  // Tokenizers cost nothing.
  estimate: async (port) => toolsWith(port),
};

function toolsWith(port: TokenizersPort): ToolMaker<TokenizerTools> {
  return ({ emit }) => ({
    tokens: async (text, model = port.model) =>
      emit({ type: "tokens-shown", pieces: await piecesOf(text, model, port) }),
    countIn: port.countIn,
  });
}

async function piecesOf(text: string, model: string, { isTiny, splitTokens }: TokenizersPort) {
  if (!isTiny(model)) return splitTokens(text);
  const { tokenizerOf } = await import("../../tinylm/shipped.ts");
  const tokenizer = tokenizerOf(model);
  return tokenizer.split(tokenizer.encode(text));
}
