import type { Layout } from "./layout.ts";

const [BETA1, BETA2, DECAY] = [0.9, 0.99, 0.02];
/** Gradients longer than this are shortened to it: one odd batch must not throw the model off. */
const CLIP = 1;

/** What AdamW knows of earlier gradients. */
export interface Moments {
  values: [Float32Array, Float32Array];
  /** what is left of the moments' start at zero: beta to the power of the steps so far */
  left: [number, number];
}

/**
 * AdamW: moves each weight against its gradient, by a step that depends on how large and how steady
 * that gradient has been (its two moments), and pulls all weights a little towards zero. Source:
 * Kingma and Ba 2015; Loshchilov and Hutter 2019.
 */
export class AdamW {
  readonly #layout: Layout;
  #left: [number, number] = [1, 1];

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Adds up the gradients of a batch's parts, in their order, and moves the weights. */
  move(rate: number): void {
    const { kernels, parts, places, weightsAt, momentsAt } = this.#layout;
    const [first, ...others] = parts.map(({ gradients }) => gradients.byteOffset) as [number];
    for (const other of others) kernels.addTo(first, other, places.count);
    const norm = Math.sqrt(kernels.sumSquares(first, places.count));
    const [left1, left2] = [this.#left[0] * BETA1, this.#left[1] * BETA2];
    this.#left = [left1, left2];
    const clip = Math.min(1, CLIP / norm);
    const [correct1, correct2] = [1 / (1 - left1), 1 / (1 - left2)];
    // biome-ignore format: one list of arguments
    kernels.adamw(weightsAt, first, ...momentsAt, places.count, rate, DECAY, BETA1, BETA2, correct1, correct2, clip);
  }

  /** Forgets earlier gradients: a new stage begins. */
  forget(): void {
    const { memory, momentsAt, places } = this.#layout;
    for (const at of momentsAt) memory.fill(0, at / 4, at / 4 + places.count);
    this.#left = [1, 1];
  }

  /** What it knows, to go on later as if nothing had happened. */
  get moments(): Moments {
    const { memory, momentsAt, places } = this.#layout;
    const values = momentsAt.map((at) => memory.slice(at / 4, at / 4 + places.count));
    return { values: values as [Float32Array, Float32Array], left: this.#left };
  }

  set moments({ values, left }: Moments) {
    const { memory, momentsAt } = this.#layout;
    for (const [which, at] of momentsAt.entries())
      memory.set(values[which] as Float32Array, at / 4);
    this.#left = left;
  }
}
