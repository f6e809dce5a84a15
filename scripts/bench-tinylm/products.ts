import { PARTS, TEXTS } from "../../src/tinylm/layout.ts";
import { shapeOf } from "../../src/tinylm/shape.ts";

/** C (m x n) = or += A (m x k) B (k x n); a matrix that is turned lies in memory the other way round. */
export interface Product {
  name: string;
  m: number;
  n: number;
  k: number;
  turnA: boolean;
  turnB: boolean;
  add: boolean;
  /** how far one row lies behind another, in values */
  lda: number;
  ldb: number;
  ldc: number;
  /** how often one part of a batch has it in a training step */
  count: number;
}

const shape = shapeOf({ vocabulary: 640 });
const { width, layers, vocabulary, context, heads } = shape;
/** values that each matrix may have */
export const ROOM = 400_000;

/** What the layers multiply: for the rows of one part of a batch, and for those of a whole batch. */
export const LAYER_PRODUCTS: Product[] = [TEXTS * context, PARTS * TEXTS * context].flatMap(
  (rows) => {
    // What the whole batch would be at once is only for comparison: no step does it.
    const here = rows === TEXTS * context ? 1 : 0;
    return [
      ...linear("attend", rows, width, 3 * width, here * layers),
      ...linear("gather", rows, width, width, here * layers),
      ...linear("widen", rows, width, 4 * width, here * layers),
      ...linear("narrow", rows, 4 * width, width, here * layers),
      product("scores = x eT", rows, vocabulary, width, { turnB: true, count: here }),
      product("  dx += dy e", rows, width, vocabulary, { add: true, count: here }),
      product("  de += dyT x", vocabulary, width, rows, { turnA: true, add: true, count: here }),
    ];
  },
);

/** What one head of attention multiplies: small, and spread over rows that hold all heads. */
export const HEAD_PRODUCTS: Product[] = (() => {
  const [T, size, wide] = [context, width / heads, 3 * width];
  const count = layers * TEXTS * heads;
  return [
    product("q kT", T, T, size, { turnB: true, lda: wide, ldb: wide, count }),
    product("s v", T, size, T, { ldb: wide, ldc: width, count }),
    product("  dv += sT do", T, size, T, { turnA: true, add: true, ldb: width, ldc: wide, count }),
    product("  ds = do vT", T, T, size, { turnB: true, lda: width, ldb: wide, count }),
    product("  dq += ds k", T, size, T, { add: true, ldb: wide, ldc: wide, count }),
    product("  dk += dsT q", T, size, T, { turnA: true, add: true, ldb: wide, ldc: wide, count }),
  ];
})();

export const flops = ({ m, n, k }: Product): number => 2 * m * n * k;

/** y (rows, out) = x (rows, in) w (in, out), and the two products of its way back. */
function linear(
  name: string,
  rows: number,
  inner: number,
  outer: number,
  count: number,
): Product[] {
  return [
    product(`${name} y = x w`, rows, outer, inner, { count }),
    product("  dx += dy wT", rows, inner, outer, { turnB: true, add: true, count }),
    product("  dw += xT dy", inner, outer, rows, { turnA: true, add: true, count }),
  ];
}

function product(name: string, m: number, n: number, k: number, of: Partial<Product>): Product {
  const { turnA = false, turnB = false } = of;
  const usual = { add: false, lda: turnA ? m : k, ldb: turnB ? k : n, ldc: n, count: 0 };
  return { name, m, n, k, turnA, turnB, ...usual, ...of };
}

/** The values of a matrix; bench-openblas.c has the same. */
export function fill(to: Float32Array, seed: number): Float32Array {
  let state = seed;
  for (let i = 0; i < to.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    to[i] = (state >>> 8) / 2 ** 24 - 0.5;
  }
  return to;
}

/** The sum of the squares of C: who works out something else gives another one. */
export function sumOf(c: Float32Array, { m, n, ldc }: Product): number {
  let sum = 0;
  for (let row = 0; row < m; row++)
    for (let column = 0; column < n; column++) sum += (c[row * ldc + column] ?? 0) ** 2;
  return sum;
}
