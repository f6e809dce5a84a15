import { type Attention, Encoder } from "../../encoder/encoder.ts";
import { LabError } from "../../errors.ts";
import { modelShelf } from "../../tinylm/shipped.ts";

/** What steps of sections with this kit are given. */
export interface EncoderTools {
  /** The sentence encoder that the offline embeddings use, alone. */
  encoder: {
    /** Pieces of a text, as the encoder reads them; "▁" marks where a word begins. */
    tokens(text: string): string[];
    /** How much each token looks at each. */
    attention(text: string): Attention;
    /** Vectors of 512 numbers and length 1. */
    encode(texts: readonly string[]): number[][];
  };
  /** The tiny language model of lesson prompting, before tuning. */
  tinyLm: { attention(text: string): Attention };
}

/** Loads each of the two when a step first asks for it. */
export function encoderTools(): EncoderTools {
  let opened: Encoder | undefined;
  const model = () => {
    opened ??= Encoder.open();
    return opened;
  };
  const shelf = modelShelf();
  return {
    encoder: {
      tokens: (text) => model().attention(readable(text)).tokens,
      attention: (text) => model().attention(readable(text)),
      encode: (texts) =>
        model()
          .encode(texts.map(readable))
          .map((vector) => [...vector]),
    },
    tinyLm: { attention: (text) => shelf("tiny-base").model.attention(readable(text)) },
  };
}

function readable(text: string): string {
  if (text.trim() !== "") return text;
  throw new LabError("The encoder cannot read a text of spaces", "Give it at least one word.", 2);
}
