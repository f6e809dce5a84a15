import { type Kernels, PACKED } from "../kernels/kernels.ts";
import type { Room } from "../kernels/room.ts";

/**
 * Tensors and their gradients.
 *
 * A graph is built once: each operation takes its place in memory and records what it does forward
 * and backward. Then it runs as often as there are batches. `backward` goes through the operations
 * in reverse, and each adds to the gradients of what it was made from: the chain rule, one link at
 * a time.
 */
export interface Tensor {
  rows: number;
  width: number;
  /** addresses of the values and of the gradient of the loss by them */
  value: number;
  grad: number;
}

export class Graph {
  readonly kernels: Kernels;
  readonly memory: Float32Array;
  readonly #room: Room;
  readonly #packed: number;
  readonly #forward: (() => void)[] = [];
  readonly #backward: (() => void)[] = [];
  /** by tensor, how many operations use it, and whether each writes its whole gradient */
  readonly #uses = new Map<Tensor, { count: number; whole: boolean }>();

  constructor(kernels: Kernels, memory: Float32Array, room: Room) {
    this.kernels = kernels;
    this.memory = memory;
    this.#room = room;
    this.#packed = room.take(PACKED);
  }

  /** Records an operation. */
  record(forward: () => void, backward: () => void): void {
    this.#forward.push(forward);
    this.#backward.unshift(backward);
  }

  forward(): void {
    for (const run of this.#forward) run();
  }

  backward(): void {
    for (const tensor of this.#uses.keys()) {
      const { grad, rows, width } = tensor;
      if (this.adds(tensor)) this.memory.fill(0, grad / 4, grad / 4 + rows * width);
    }
    for (const run of this.#backward) run();
  }

  tensor(rows: number, width: number): Tensor {
    const made = {
      rows,
      width,
      value: this.#room.take(rows * width),
      grad: this.#room.take(rows * width),
    };
    this.#uses.set(made, { count: 0, whole: true });
    return made;
  }

  /**
   * Says that an operation uses a tensor, and whether it can write the tensor's whole gradient
   * instead of adding to it.
   */
  use(tensor: Tensor, whole = false): void {
    const uses = this.#uses.get(tensor);
    if (uses) this.#uses.set(tensor, { count: uses.count + 1, whole: uses.whole && whole });
  }

  /**
   * Whether gradients are to be added to what is there: always, unless one operation alone writes
   * the whole.
   */
  adds(tensor: Tensor): boolean {
    const uses = this.#uses.get(tensor);
    return uses?.count !== 1 || !uses.whole;
  }

  /** Room for values that have no gradient. */
  scratch(values: number): number {
    return this.#room.take(values);
  }

  get packed(): number {
    return this.#packed;
  }
}
