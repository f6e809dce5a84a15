import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Room } from "../kernels/room.ts";

/** A tensor of the file; one with columns is a matrix of int8, one without a list of float32. */
interface TensorHead {
  name: string;
  rows: number;
  columns?: number;
}

/**
 * A matrix in memory: addresses of its int8 values and of its float32 scales, one a column; in the
 * embedding, one a row. The values lie as `int8Matmul` reads them, those of the embedding by rows.
 */
interface Matrix {
  values: number;
  scales: number;
}

/**
 * The encoder's weights, read from their file right into the memory that the kernels work on.
 *
 * The file is the length of its head (4 bytes), the head (JSON, filled up with spaces to a multiple
 * of 4), and the tensors, one after the other. A matrix is its float32 scales, then its int8
 * values: a weight is its value times the scale of its column; in the embedding, of its row.
 */
export class Weights {
  readonly #file: number;
  readonly #bytes: number;
  readonly #start: number;
  readonly #tensors = new Map<string, { offset: number; scales: number }>();

  private constructor(file: number, bytes: number, heads: TensorHead[], first: number, room: Room) {
    this.#file = file;
    this.#bytes = bytes;
    this.#start = room.take(bytes / 4);
    let offset = first;
    for (const { name, rows, columns = 0 } of heads) {
      const scales = name === "embedding" ? rows : columns;
      this.#tensors.set(name, { offset, scales });
      offset += columns === 0 ? 4 * rows : 4 * scales + rows * columns;
    }
    if (offset !== bytes)
      throw new Error(`the encoder's weights have ${bytes} bytes instead of ${offset}`);
  }

  /** Reads the head and takes the room; memory is made when all that need it have taken theirs. */
  static place(path: URL, room: Room): Weights {
    const file = openSync(fileURLToPath(path), "r");
    const length = new Uint32Array(1);
    readSync(file, length, 0, 4, 0);
    const head = new Uint8Array(length[0] as number);
    readSync(file, head, 0, head.length, 4);
    const heads = JSON.parse(new TextDecoder().decode(head)) as TensorHead[];
    return new Weights(file, fstatSync(file).size, heads, 4 + head.length, room);
  }

  /** Reads the tensors to their places, and closes the file. */
  load(memory: ArrayBufferLike): void {
    readSync(this.#file, new Uint8Array(memory), this.#start, this.#bytes, 0);
    closeSync(this.#file);
  }

  /** The address of a list of float32. */
  list(name: string): number {
    const tensor = this.#tensors.get(name);
    if (!tensor) throw new Error(`the encoder's weights have no ${name}`);
    return this.#start + tensor.offset;
  }

  matrix(name: string): Matrix {
    const scales = this.list(name);
    return { scales, values: scales + 4 * (this.#tensors.get(name)?.scales ?? 0) };
  }
}
