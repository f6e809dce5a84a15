import { readFileSync } from "node:fs";
import type { KernelKind } from "../kernels/kernels.ts";
import { allocate, loadKernels } from "../kernels/load.ts";
import { Room } from "../kernels/room.ts";
import { packageFile } from "../package-file.ts";
import { Forward, placeActivations, ROWS } from "./forward.ts";
import { SHAPE } from "./shape.ts";
import { Tokenizer } from "./tokenizer.ts";
import { Weights } from "./weights.ts";
import { plainLine, windowsOf } from "./windows.ts";

/** How a text was read: its tokens, and how much each looked at each. */
export interface Attention {
  /** pieces of the text; "▁" marks where a word begins */
  tokens: string[];
  /** layer, head, token, token looked at; the shares of a row add up to 1 */
  shares: number[][][][];
}

/**
 * A sentence encoder: texts to vectors, near each other where the texts mean much the same.
 *
 * Universal Sentence Encoder Lite, trained by Google on English. It takes a negation for a
 * paraphrase, hardly tells numbers apart, and knows little of other languages. The same text has
 * the same bits on every machine, alone or in a batch, with the kernels "simd" or "plain".
 */
export class Encoder {
  readonly #tokenizer: Tokenizer;
  readonly #forward: Forward;

  private constructor(tokenizer: Tokenizer, forward: Forward) {
    this.#tokenizer = tokenizer;
    this.#forward = forward;
  }

  /** Loads the weights that the package ships: 7 MB, some 25 milliseconds. */
  static open(kind: Exclude<KernelKind, "fused"> = "simd"): Encoder {
    const room = new Room();
    const weights = Weights.place(packageFile("dist/encoder/weights.i8"), room);
    const activations = placeActivations(room);
    const memory = allocate(room.size, kind);
    weights.load(memory.buffer);
    const vocabulary = readFileSync(packageFile("dist/encoder/vocabulary.txt"), "utf8");
    return new Encoder(
      new Tokenizer(vocabulary),
      new Forward(loadKernels(memory), memory.buffer, weights, activations),
    );
  }

  /**
   * Vectors of 512 numbers, one a text, each of Euclidean length 1: so the dot product of two is
   * the cosine of the angle between them, 1 for the same direction. A text of more than 128 tokens
   * is read in windows, whose vectors are averaged; of one of more than 1,024 tokens eight windows
   * are read, spread evenly over it, and the rest is not.
   *
   * @throws RangeError for a text of nothing but white space
   */
  encode(texts: readonly string[]): Float32Array[] {
    const windows = texts.map((text) => windowsOf(this.#idsOf(text)));
    const vectors = this.#inBatches(windows.flat());
    return windows.map(({ length }) => meanOf(vectors.splice(0, length)));
  }

  /**
   * How the first 128 tokens of a text look at each other.
   *
   * @throws RangeError for a text of nothing but white space
   */
  attention(text: string): Attention {
    const cut = this.#tokenizer.cut(plainLine(text)).slice(0, SHAPE.context);
    if (cut.length === 0) throw new RangeError("an empty text has no attention");
    const shares: number[][][][] = SHAPE.widths.map(() => []);
    this.#forward.run([cut.map(({ id }) => id)], ({ layer, head }, flat) => {
      const T = cut.length;
      const rows = Array.from({ length: T }, (_, row) => [
        ...flat.subarray(row * T, (row + 1) * T),
      ]);
      (shares[layer] as number[][][])[head] = rows;
    });
    return { tokens: cut.map((piece) => piece.text), shares };
  }

  #idsOf(text: string): number[] {
    const ids = this.#tokenizer.encode(plainLine(text));
    if (ids.length === 0) throw new RangeError("an empty text has no vector");
    return ids;
  }

  /** Runs windows through the layers, as many together as fit. */
  #inBatches(windows: readonly number[][]): Float32Array[] {
    const vectors: Float32Array[] = [];
    let batch: number[][] = [];
    let tokens = 0;
    const flush = () => {
      vectors.push(...this.#forward.run(batch));
      batch = [];
      tokens = 0;
    };
    for (const window of windows) {
      if (tokens + window.length > ROWS) flush();
      batch.push(window);
      tokens += window.length;
    }
    if (batch.length > 0) flush();
    return vectors;
  }
}

/** The mean of vectors, brought to length 1. */
function meanOf(vectors: readonly Float32Array[]): Float32Array {
  if (vectors.length === 1) return vectors[0] as Float32Array;
  const sum = new Float64Array(SHAPE.vector);
  for (const vector of vectors)
    for (const [at, value] of vector.entries()) sum[at] = (sum[at] as number) + value;
  let square = 0;
  for (const value of sum) square += value * value;
  const norm = Math.sqrt(square) || 1;
  return Float32Array.from(sum, (value) => value / norm);
}
