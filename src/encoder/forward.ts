import { type Kernels, PACKED } from "../kernels/kernels.ts";
import type { Room } from "../kernels/room.ts";
import { sinCos, tanh } from "./exact.ts";
import { SHAPE } from "./shape.ts";
import type { Weights } from "./weights.ts";

/** Token ids of a text, at most `SHAPE.context` of them. */
type Ids = readonly number[];

/**
 * Shares of attention: text, layer, head, and then (tokens, tokens): how much each looks at each.
 */
export type OnShares = (
  at: { text: number; layer: number; head: number },
  shares: Float32Array,
) => void;

/** How many tokens go through the layers together; more would fall out of the processor's cache. */
export const ROWS = 256;

const [NARROW, WIDE] = SHAPE.widths;

/** Addresses of what the layers write; each is (tokens, width) of float32. */
export function placeActivations(room: Room) {
  // Attention reads columns by eights, so a text may reach beyond its last token.
  const rows = ROWS + 8;
  const context = SHAPE.context + 8;
  return {
    embedded: room.take(rows * NARROW),
    stream: room.take(rows * WIDE),
    normed: room.take(rows * WIDE),
    wide: room.take(rows * SHAPE.inner),
    quantized: room.take((rows * SHAPE.inner) / 2),
    scales: room.take(rows),
    shares: room.take(context * context),
    means: room.take(rows * WIDE),
    packed: room.take(PACKED),
  };
}

type Places = ReturnType<typeof placeActivations>;

/**
 * The way from token ids to vectors: embed, two layers, a mean, a last matrix.
 *
 * The result for a text does not depend on what else is in the batch: all sums run within a row or
 * within a text.
 */
export class Forward {
  readonly #kernels: Kernels;
  readonly #weights: Weights;
  readonly #places: Places;
  readonly #floats: Float32Array;
  readonly #bytes: Int8Array;
  /** for each place in a text: 128 sines, then 128 cosines; made when a text first reaches it */
  readonly #signals: Float32Array[] = [];

  constructor(kernels: Kernels, memory: ArrayBufferLike, weights: Weights, places: Places) {
    this.#kernels = kernels;
    this.#weights = weights;
    this.#places = places;
    this.#floats = new Float32Array(memory);
    this.#bytes = new Int8Array(memory);
  }

  /**
   * Vectors of Euclidean length 1, one a text. @param batch texts of at most ROWS tokens together
   */
  run(batch: readonly Ids[], onShares?: OnShares): Float32Array[] {
    const { embedded, stream } = this.#places;
    const texts = this.#embed(batch);
    const tokens = texts.reduce((sum, { length }) => sum + length, 0);
    for (const [layer, width] of SHAPE.widths.entries()) {
      const input = layer === 0 ? embedded : stream;
      this.#attend({ layer, width, input, tokens }, texts, onShares);
      this.#feedForward(layer, tokens);
    }
    return this.#vectors(texts);
  }

  /**
   * Each token's vector, times 2 as the original does, plus the signal of its place in the window.
   */
  #embed(batch: readonly Ids[]): TextRows[] {
    const { values, scales } = this.#weights.matrix("embedding");
    const texts: TextRows[] = [];
    let row = 0;
    for (const ids of batch) {
      for (const [place, id] of ids.entries()) {
        const to = this.#places.embedded / 4 + (row + place) * NARROW;
        const from = values + id * NARROW;
        const scale = 2 * (this.#floats[scales / 4 + id] as number);
        const signal = this.#signalOf(place);
        for (let i = 0; i < NARROW; i++)
          this.#floats[to + i] = scale * (this.#bytes[from + i] as number) + (signal[i] as number);
      }
      texts.push({ row, length: ids.length });
      row += ids.length;
    }
    return texts;
  }

  /** The sines of place x frequency, then the cosines: so the layers can tell what stands where. */
  #signalOf(place: number): Float32Array {
    const known = this.#signals[place];
    if (known) return known;
    const from = this.#weights.list("frequencies") / 4;
    const signal = new Float32Array(NARROW);
    for (let i = 0; i < NARROW / 2; i++)
      [signal[i], signal[NARROW / 2 + i]] = sinCos(place * (this.#floats[from + i] as number));
    this.#signals[place] = signal;
    return signal;
  }

  /**
   * stream (tokens, 512) = input + attention over the normed input. Each layer adds to the stream
   * and never replaces it: a residual connection. The first layer's input has 256 numbers, so one
   * more matrix, `widen`, brings it to 512; the second layer's input is the stream itself.
   */
  #attend(at: LayerPlace, texts: readonly TextRows[], onShares?: OnShares): void {
    const { layer, width, input, tokens } = at;
    const { normed, stream, wide } = this.#places;
    this.#norm(normed, input, `${layer}.norm1`, tokens, width);
    this.#linear(wide, normed, `${layer}.qkv`, tokens, [width, 3 * width]);
    // Attention reads tokens by eights: after the last text's last one it reads these zeros.
    const end = wide / 4 + tokens * 3 * width;
    this.#floats.fill(0, end, end + 8 * 3 * width);
    for (const [text, rows] of texts.entries())
      for (let head = 0; head < SHAPE.heads; head++) {
        this.#mix(rows, head, width);
        if (onShares) onShares({ text, layer, head }, this.#sharesOf(rows.length));
      }
    if (width < WIDE) this.#linear(stream, input, `${layer}.widen`, tokens, [width, WIDE]);
    this.#linear(stream, normed, `${layer}.out`, tokens, [width, WIDE], { add: true });
  }

  /**
   * One head of one text. A row of `wide` is a token's queries (what it looks for), keys (what it
   * offers to be found by) and values (what it hands on), each cut into heads. Scores (T, T) are
   * queries times keys; softmax makes each row of them shares that add up to 1, and the values are
   * mixed in those shares. Softmax first divides the scores by the root of the head's size: sums of
   * so many products grow with it, and large scores would give nearly all to one token.
   *
   * Every token sees those before it and those after it; the tiny LM's see only back.
   */
  #mix({ row, length: T }: TextRows, head: number, width: number): void {
    const { wide, shares, normed, packed } = this.#places;
    const size = width / SHAPE.heads;
    const step = 3 * width;
    const padded = (T + 7) & ~7;
    const query = wide + 4 * (row * step + head * size);
    const [key, value] = [query + 4 * width, query + 8 * width];
    const mixed = normed + 4 * (row * width + head * size);
    const k = this.#kernels;
    k.matmul(query, step, 1, key, 1, step, shares, padded, T, padded, size, false, packed);
    this.#pad(T, padded, -1e30);
    const causal = false;
    k.softmax(shares, T, padded, 1 / Math.sqrt(size), causal);
    this.#pad(T, padded, 0);
    k.matmul(shares, padded, 1, value, step, 1, mixed, width, T, size, padded, false, packed);
  }

  /** Masks the columns beyond the text's last token: a text must not look at its neighbour. */
  #pad(T: number, padded: number, value: number): void {
    const start = this.#places.shares / 4;
    for (let row = 0; row < T; row++)
      this.#floats.fill(value, start + row * padded + T, start + (row + 1) * padded);
  }

  /** stream += down(relu(up(norm(stream)))), for each token by itself; relu makes negatives 0 */
  #feedForward(layer: number, tokens: number): void {
    const { normed, stream, wide } = this.#places;
    this.#norm(normed, stream, `${layer}.norm2`, tokens, WIDE);
    this.#linear(wide, normed, `${layer}.up`, tokens, [WIDE, SHAPE.inner]);
    const options = { add: true, relu: true };
    this.#linear(stream, wide, `${layer}.down`, tokens, [SHAPE.inner, WIDE], options);
  }

  /** The mean over a text's tokens, through a last matrix and tanh, brought to length 1. */
  #vectors(texts: readonly TextRows[]): Float32Array[] {
    const { stream, means, normed } = this.#places;
    const f = this.#floats;
    for (const [at, { row, length }] of texts.entries()) {
      const to = means / 4 + at * WIDE;
      f.fill(0, to, to + WIDE);
      for (let token = row; token < row + length; token++)
        for (let i = 0; i < WIDE; i++)
          f[to + i] = (f[to + i] as number) + (f[stream / 4 + token * WIDE + i] as number);
      for (let i = 0; i < WIDE; i++) f[to + i] = (f[to + i] as number) / length;
    }
    this.#linear(normed, means, "vector", texts.length, [WIDE, SHAPE.vector]);
    return texts.map((_, at) => {
      const from = normed / 4 + at * SHAPE.vector;
      const vector = Float64Array.from(f.subarray(from, from + SHAPE.vector), tanh);
      let square = 0;
      for (const value of vector) square += value * value;
      const norm = Math.sqrt(square);
      return Float32Array.from(vector, (value) => value / norm);
    });
  }

  /** out (rows, n) = or += x (rows, k) W (k, n) + bias; `relu` takes x's negatives as 0. */
  #linear(
    out: number,
    x: number,
    name: string,
    rows: number,
    [k, n]: readonly [number, number],
    { add = false, relu = false } = {},
  ): void {
    const { quantized, scales } = this.#places;
    const matrix = this.#weights.matrix(name);
    const bias = this.#weights.list(`${name}.bias`);
    this.#kernels.quantize(quantized, scales, x, rows, k, relu);
    // biome-ignore format: what goes in, what it is multiplied by, where it goes, and how far
    this.#kernels.int8Matmul(quantized, scales, matrix.values, matrix.scales, bias, out, rows, n, k, add);
  }

  #norm(out: number, x: number, name: string, rows: number, width: number): void {
    const [gain, bias] = [this.#weights.list(`${name}.gain`), this.#weights.list(`${name}.bias`)];
    this.#kernels.layerNorm(out, x, gain, bias, rows, width);
  }

  /** A copy (T, T) of the shares that the last head has made. */
  #sharesOf(T: number): Float32Array {
    const padded = (T + 7) & ~7;
    const start = this.#places.shares / 4;
    const copy = new Float32Array(T * T);
    for (let row = 0; row < T; row++) {
      const from = start + row * padded;
      copy.set(this.#floats.subarray(from, from + T), row * T);
    }
    return copy;
  }
}

/** Where a text's tokens stand in the batch. */
interface TextRows {
  row: number;
  length: number;
}

interface LayerPlace {
  layer: number;
  width: number;
  /** address of (tokens, width) */
  input: number;
  tokens: number;
}
