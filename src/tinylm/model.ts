import type { Kernels } from "../kernels/kernels.ts";
import type { Room } from "../kernels/room.ts";
import { attention } from "./attention.ts";
import { embed } from "./embed.ts";
import { Graph, type Tensor } from "./graph.ts";
import { add, linear, reluSquared, rmsNorm, unembed } from "./layers.ts";
import { crossEntropy } from "./loss.ts";
import type { ModelShape, Places, WeightPlace } from "./shape.ts";

/**
 * The model: token ids in, a probability for each possible next token out.
 *
 *   ids -> embedding + position -> [ attention, MLP ] x layers -> norm -> scores of all tokens
 *
 * One `Pass` is one part of a batch (texts x context tokens) on its way through, with room for all
 * values between. What differs between the stages of training is only how much each token's loss
 * counts; see loss.ts.
 */
export class Pass {
  /** texts x context */
  readonly rows: number;
  /** (texts x context) ids, the ids that should come next, and how much each counts */
  readonly ids: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float32Array;
  /**
   * (texts x context) minus the logarithm of the probability of each target; filled by `forward`
   */
  readonly losses: Float32Array;
  readonly #graph: Graph;
  readonly #gradients: Float32Array;

  constructor(options: PassOptions) {
    const { shape, places, kernels, memory, room, texts, weightsAt } = options;
    const rows = texts * shape.context;
    const gradientsAt = room.take(places.count);
    const integers = new Int32Array(memory.buffer);
    const view = <T extends Int32Array | Float32Array>(of: T, values: number): T => {
      const at = room.take(values) / 4;
      return of.subarray(at, at + values) as T;
    };
    this.rows = rows;
    this.ids = view(integers, rows);
    this.targets = view(integers, rows);
    this.weights = view(memory, rows);
    this.losses = view(memory, rows);
    this.#gradients = memory.subarray(gradientsAt / 4, gradientsAt / 4 + places.count);
    this.#graph = new Graph(kernels, memory, room);
    const weight = ({ offset, rows, width }: WeightPlace): Tensor => ({
      rows,
      width,
      value: weightsAt + 4 * offset,
      grad: gradientsAt + 4 * offset,
    });
    this.#build(shape, places, weight);
  }

  /** Predicts: fills `losses`. */
  forward(): void {
    this.#graph.forward();
  }

  /** Fills `gradients` with how each weight of the model bears on the sum of weights x losses. */
  backward(): void {
    this.#gradients.fill(0);
    this.#graph.backward();
  }

  get gradients(): Float32Array {
    return this.#gradients;
  }

  #build(shape: ModelShape, places: Places, weight: (place: WeightPlace) => Tensor): void {
    const graph = this.#graph;
    const embedding = weight(places.embedding);
    let x = embed(graph, this, embedding, weight(places.position)); // (rows, width)
    for (const layer of places.layers) {
      const seen = rmsNorm(graph, x, weight(layer.norm1));
      const qkv = linear(graph, seen, weight(layer.attend)); // (rows, 3 x width)
      const gathered = attention(graph, qkv, shape.context, shape.heads);
      x = add(graph, x, linear(graph, gathered, weight(layer.gather)));
      const normed = rmsNorm(graph, x, weight(layer.norm2));
      const wide = reluSquared(graph, linear(graph, normed, weight(layer.widen))); // (rows, 4 x width)
      x = add(graph, x, linear(graph, wide, weight(layer.narrow)));
    }
    const last = rmsNorm(graph, x, weight(places.norm));
    crossEntropy(graph, unembed(graph, last, embedding), this); // (rows, vocabulary)
  }
}

export interface PassOptions {
  shape: ModelShape;
  places: Places;
  kernels: Kernels;
  memory: Float32Array;
  room: Room;
  texts: number;
  /** the address of the weights */
  weightsAt: number;
}
