import { PACKED } from "../kernels/kernels.ts";
import { exp } from "../kernels/plain.ts";
import { Room } from "../kernels/room.ts";
import { LANES, type Layout } from "./layout.ts";
import type { ModelShape } from "./shape.ts";

/** A token of one of the texts that are written side by side. */
export interface LaneToken {
  lane: number;
  id: number;
  /** where it stands in its text, from 0 */
  position: number;
}

/**
 * What each head attends to, for one token: shares of it and of those before it, which add up to 1.
 */
export type OnShares = (at: { layer: number; head: number }, shares: Float32Array) => void;

/**
 * The model used for writing: one token at a time, several texts ("lanes") side by side.
 *
 * The same sums as model.ts, but a token is worked out once: its keys and values stay in a cache,
 * and the next token only looks back at them. That each position sees only earlier ones needs no
 * mask here: what it looks back at ends at itself.
 */
export class Decoder {
  readonly #shape: ModelShape;
  readonly #layout: Layout;
  readonly #at: ReturnType<Decoder["placesIn"]>;

  constructor(shape: ModelShape, layout: Layout) {
    this.#shape = shape;
    this.#layout = layout;
    this.#at = this.placesIn(new Room(layout.decoderAt));
  }

  private placesIn(room: Room) {
    const { width, layers, context, vocabulary } = this.#shape;
    return {
      x: room.take(LANES * width),
      normed: room.take(LANES * width),
      qkv: room.take(LANES * 3 * width),
      mixed: room.take(LANES * width),
      wide: room.take(LANES * 4 * width),
      inverse: room.take(LANES),
      scores: room.take(LANES * vocabulary),
      packed: room.take(PACKED),
      /** keys and values: (layers, lanes, context, 2 x width) */
      cache: room.take(layers * LANES * context * 2 * width),
    };
  }

  /**
   * Takes one token for each of some lanes, and returns the scores (tokens, vocabulary) of what
   * comes next: a view that the next call overwrites. It is empty where nobody asks for the scores,
   * as within a prompt.
   */
  step(tokens: readonly LaneToken[], withScores = true, onShares?: OnShares): Float32Array {
    const { kernels: k, memory: f, places, weightsAt } = this.#layout;
    const { width, vocabulary } = this.#shape;
    const { x, normed, qkv, mixed, wide, inverse, scores, packed } = this.#at;
    const rows = tokens.length;
    const weight = ({ offset }: { offset: number }) => weightsAt + 4 * offset;
    const linear = (
      from: number,
      inner: number,
      w: number,
      to: number,
      outer: number,
      add = false,
    ) => k.matmul(from, inner, 1, w, outer, 1, to, outer, rows, outer, inner, add, packed);

    for (const [row, { id, position }] of tokens.entries()) {
      const e = weight(places.embedding) / 4 + id * width;
      const p = weight(places.position) / 4 + position * width;
      for (let i = 0; i < width; i++)
        f[x / 4 + row * width + i] = (f[e + i] as number) + (f[p + i] as number);
    }
    for (const [at, layer] of places.layers.entries()) {
      k.rmsNorm(normed, x, weight(layer.norm1), inverse, rows, width);
      linear(normed, width, weight(layer.attend), qkv, 3 * width);
      this.#attend(at, tokens, onShares);
      linear(mixed, width, weight(layer.gather), x, width, true);
      k.rmsNorm(normed, x, weight(layer.norm2), inverse, rows, width);
      linear(normed, width, weight(layer.widen), wide, 4 * width);
      k.reluSquared(wide, wide, rows * 4 * width);
      linear(wide, 4 * width, weight(layer.narrow), x, width, true);
    }
    if (!withScores) return f.subarray(0, 0);
    k.rmsNorm(normed, x, weight(places.norm), inverse, rows, width);
    const e = weight(places.embedding);
    k.matmul(
      normed,
      width,
      1,
      e,
      1,
      width,
      scores,
      vocabulary,
      rows,
      vocabulary,
      width,
      false,
      packed,
    );
    return f.subarray(scores / 4, scores / 4 + rows * vocabulary);
  }

  /**
   * Puts each lane's key and value into the cache, and mixes the values of all positions so far.
   */
  #attend(layer: number, tokens: readonly LaneToken[], onShares?: OnShares): void {
    const f = this.#layout.memory;
    const { width, context, heads } = this.#shape;
    const { qkv, mixed, cache } = this.#at;
    const size = width / heads;
    const shares = new Float32Array(context);
    for (const [row, { lane, position }] of tokens.entries()) {
      const own = qkv / 4 + row * 3 * width;
      const past = cache / 4 + (layer * LANES + lane) * context * 2 * width;
      f.copyWithin(past + position * 2 * width, own + width, own + 3 * width);
      for (let head = 0; head < heads; head++) {
        const q = own + head * size;
        let top = -1e30;
        for (let t = 0; t <= position; t++) {
          const key = past + t * 2 * width + head * size;
          let sum = 0;
          for (let i = 0; i < size; i++) sum += (f[q + i] as number) * (f[key + i] as number);
          shares[t] = sum / Math.sqrt(size);
          top = Math.max(top, shares[t] as number);
        }
        let all = 0;
        for (let t = 0; t <= position; t++) {
          shares[t] = exp((shares[t] as number) - top);
          all += shares[t] as number;
        }
        const to = mixed / 4 + row * width + head * size;
        f.fill(0, to, to + size);
        onShares?.(
          { layer, head },
          shares.subarray(0, position + 1).map((share) => share / all),
        );
        for (let t = 0; t <= position; t++) {
          const value = past + t * 2 * width + width + head * size;
          const share = (shares[t] as number) / all;
          for (let i = 0; i < size; i++)
            f[to + i] = (f[to + i] as number) + share * (f[value + i] as number);
        }
      }
    }
  }
}
