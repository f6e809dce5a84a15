import { type KernelKind, type Kernels, PACKED } from "../kernels/kernels.ts";
import { allocate, loadKernels, type SharedMemory } from "../kernels/load.ts";
import { Room } from "../kernels/room.ts";
import { Pass } from "./model.ts";
import { type ModelShape, type Places, placesOf } from "./shape.ts";

/**
 * Where everything lies that threads share: the weights, the parts of a batch with all that is
 * between, the moments of AdamW, and room for sampling. Each thread lays it out for itself, by the
 * same calls, so the addresses agree.
 */
export interface Layout {
  memory: Float32Array;
  kernels: Kernels;
  places: Places;
  weightsAt: number;
  /** AdamW's two moments, as many values each as there are weights */
  momentsAt: [number, number];
  /** A batch is always cut into PARTS, whatever the threads, so that sums come out the same. */
  parts: Pass[];
  decoderAt: number;
  control: Int32Array;
}

export const PARTS = 4;
/** texts of one part; a batch has PARTS times as many */
export const TEXTS = 2;
/** how many texts are sampled side by side */
export const LANES = 32;

/** The memory for a model: for training it, or, with no parts, only for writing with it. */
export function makeMemory(shape: ModelShape, kind: KernelKind, parts = PARTS): SharedMemory {
  const bytes = layOut(shape, new Float32Array(1), {} as Kernels, parts).size;
  return allocate(bytes, kind);
}

/** The layout over a memory, in this thread. */
export function openLayout(shape: ModelShape, shared: SharedMemory, parts = PARTS): Layout {
  return layOut(shape, new Float32Array(shared.buffer), loadKernels(shared), parts);
}

function layOut(shape: ModelShape, memory: Float32Array, kernels: Kernels, count: number) {
  const places = placesOf(shape);
  // The first page holds the few integers by which threads talk, and what the kernels may keep low.
  const room = new Room(65_536);
  const weightsAt = room.take(places.count);
  const moments = count === 0 ? 0 : places.count;
  const momentsAt: [number, number] = [room.take(moments), room.take(moments)];
  const parts = Array.from(
    { length: count },
    () => new Pass({ shape, places, kernels, memory, room, texts: TEXTS, weightsAt }),
  );
  const decoderAt = room.size;
  const { width, layers, context, vocabulary } = shape;
  room.take(LANES * (2 * layers * context * width + 16 * width + vocabulary) + PACKED + 1024);
  const control = new Int32Array(memory.buffer).subarray(0, 16);
  const { size } = room;
  return { memory, kernels, places, weightsAt, momentsAt, parts, decoderAt, control, size };
}
