import { type KernelKind, PACKED } from "../../src/kernels/kernels.ts";
import { allocate, loadKernels } from "../../src/kernels/load.ts";
import { fill, type Product, ROOM, sumOf } from "./products.ts";

/** Something that multiplies matrices. */
export interface Engine {
  name: string;
  /** so slow that it is measured in few rounds */
  isSlow?: boolean;
  /**
   * Does a product `reps` times: the seconds that this took, and the sum of squares of a fresh
   * product.
   */
  run(product: Product, reps: number): Promise<Run>;
}

interface Run {
  seconds: number;
  sum: number;
}

/** What everyone writes first. */
export function naive(): Engine {
  const [a, b] = [fill(new Float32Array(ROOM), 1), fill(new Float32Array(ROOM), 2)];
  const c = new Float32Array(ROOM);
  return engine("naive loop", c, true, (of, add) => multiply(a, b, c, of, add));
}

// biome-ignore format: one parameter list
function multiply(a: Float32Array, b: Float32Array, c: Float32Array, of: Product, add: boolean): void {
  const { m, n, k, lda, ldb, ldc } = of;
  const [aRow, aCol] = of.turnA ? [1, lda] : [lda, 1];
  const [bRow, bCol] = of.turnB ? [1, ldb] : [ldb, 1];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = add ? c[i * ldc + j]! : 0;
      for (let at = 0; at < k; at++) sum += a[i * aRow + at * aCol]! * b[at * bRow + j * bCol]!;
      c[i * ldc + j] = sum;
    }
  }
}

/** The kernels of this model. */
export function own(kind: KernelKind): Engine {
  const [aAt, bAt, cAt, packed] = [0, 1, 2, 3].map((at) => 65_536 + 4 * ROOM * at) as Four;
  const memory = allocate(packed + 4 * PACKED, kind);
  const kernels = loadKernels(memory);
  const view = (at: number) => new Float32Array(memory.buffer, at, ROOM);
  fill(view(aAt), 1);
  fill(view(bAt), 2);
  return engine(kind, view(cAt), kind === "plain", (of, add) => {
    const [aRow, aCol] = of.turnA ? [1, of.lda] : [of.lda, 1];
    const [bRow, bCol] = of.turnB ? [1, of.ldb] : [of.ldb, 1];
    // biome-ignore format: one list of arguments
    kernels.matmul(aAt, aRow, aCol, bAt, bRow, bCol, cAt, of.ldc, of.m, of.n, of.k, add, packed);
  });
}

type Four = [number, number, number, number];

function engine(
  name: string,
  c: Float32Array,
  isSlow: boolean,
  multiply: (product: Product, add: boolean) => void,
): Engine {
  return {
    name,
    isSlow,
    async run(product, reps) {
      multiply(product, false);
      const sum = sumOf(c, product);
      const start = performance.now();
      for (let rep = 0; rep < reps; rep++) multiply(product, product.add);
      return { seconds: (performance.now() - start) / 1000, sum };
    },
  };
}
