/** Vectors in two dimensions, and the share of their variance that those keep. */
export interface Projection {
  places: { x: number; y: number }[];
  kept: number;
}

const ROUNDS = 200;

/**
 * Principal component analysis: the two directions in which vectors of one length differ most.
 *
 * It works on the inner products of the vectors with each other, so a hundred of a thousand numbers are quick.
 * The same vectors give the same map: of each direction, the end with the greatest value is the positive one.
 */
export function project(vectors: readonly (readonly number[])[]): Projection {
  const count = vectors.length;
  if (count === 0) return { places: [], kept: 1 };
  const middle = vectors[0]!.map(
    (_, at) => vectors.reduce((sum, vector) => sum + vector[at]!, 0) / count,
  );
  const centred = vectors.map((vector) => vector.map((value, at) => value - middle[at]!));
  let gram = centred.map((one) => centred.map((other) => dot(one, other)));
  const variance = gram.reduce((sum, row, at) => sum + row[at]!, 0);
  const axes: number[][] = [];
  let kept = 0;
  for (const start of [1, 2]) {
    const { value, vector } = strongest(gram, start);
    axes.push(vector.map((part) => part * Math.sqrt(Math.max(0, value))));
    kept += Math.max(0, value);
    gram = gram.map((row, i) => row.map((part, j) => part - value * vector[i]! * vector[j]!));
  }
  const places = vectors.map((_, at) => ({ x: axes[0]![at]!, y: axes[1]![at]! }));
  return { places, kept: variance > 0 ? Math.min(1, kept / variance) : 1 };
}

/** The largest eigenvalue of a symmetric matrix and its vector, by power iteration. */
function strongest(matrix: number[][], start: number): { value: number; vector: number[] } {
  let vector = unit(matrix.map((_, at) => Math.sin(start + at * 1.7)));
  let value = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next = matrix.map((row) => dot(row, vector));
    value = dot(next, vector);
    if (Math.hypot(...next) < 1e-12) break;
    vector = unit(next);
  }
  const most = vector.reduce((best, part) => (Math.abs(part) > Math.abs(best) ? part : best), 0);
  return { value, vector: most < 0 ? vector.map((part) => -part) : vector };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function unit(vector: number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
