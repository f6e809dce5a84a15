import { LabError } from "../errors.ts";

/** What a model is made of: everything but its weights. */
export interface ModelShape {
  /** how many token ids it knows; a multiple of 8 */
  vocabulary: number;
  /** how many tokens it can see at once */
  context: number;
  /** values that stand for one token between the layers */
  width: number;
  layers: number;
  heads: number;
}

/** A matrix of weights: (rows, width), its first value so many values behind the first of all. */
export interface WeightPlace {
  offset: number;
  rows: number;
  width: number;
}

/** The values of each attention head; heads of this size suit the kernels. */
const HEAD = 16;

export function shapeOf(of: { vocabulary: number; width?: number; layers?: number }): ModelShape {
  const { vocabulary, width = 64, layers = 2 } = of;
  if (!(Number.isInteger(width / HEAD) && width >= HEAD && width <= 256))
    throw new LabError(`A width of ${width} is not possible`, "Give 16 to 256, in steps of 16.", 2);
  if (!(Number.isInteger(layers) && layers >= 1 && layers <= 8))
    throw new LabError(`${layers} layers are not possible`, "Give a whole number from 1 to 8.", 2);
  const padded = Math.ceil(vocabulary / 8) * 8;
  return { vocabulary: padded, context: 64, width, layers, heads: width / HEAD };
}

/** Where each weight of a model lies, in one block; `count` values in all. */
export function placesOf({ vocabulary, context, width, layers }: ModelShape) {
  let count = 0;
  const place = (rows: number, columns: number): WeightPlace => {
    const offset = count;
    count += rows * columns;
    return { offset, rows, width: columns };
  };
  const places = {
    /** what each token means; also, turned round, how well each would come next */
    embedding: place(vocabulary, width),
    /** what each position means */
    position: place(context, width),
    layers: Array.from({ length: layers }, () => ({
      norm1: place(1, width),
      /** queries, keys and values side by side */
      attend: place(width, 3 * width),
      gather: place(width, width),
      norm2: place(1, width),
      widen: place(width, 4 * width),
      narrow: place(4 * width, width),
    })),
    norm: place(1, width),
  };
  return { ...places, count };
}

export type Places = ReturnType<typeof placesOf>;
