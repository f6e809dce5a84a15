import { randomFrom } from "../../tinylm/random.ts";

/**
 * Vectors for trying things at a size for which nobody has texts: each is a mixture of a few of the `centres`, as
 * a text has something of several subjects, and a little of its own. The n-th is always the same, so more can be
 * made batch by batch.
 *
 * @returns vectors of length 1, numbers `from` up to, without it, `to`
 */
export function scattered(
  centres: readonly (readonly number[])[],
  from: number,
  to: number,
): number[][] {
  return Array.from({ length: to - from }, (_, at) => {
    const random = randomFrom((from + at) * FAR_APART);
    const subjects = Array.from({ length: SUBJECTS }, () => ({
      centre: centres[Math.floor(random() * centres.length)] ?? [],
      weight: random(),
    }));
    const dimension = centres[0]?.length ?? 0;
    const own = OWN / Math.sqrt(dimension);
    const vector = Array.from({ length: dimension }, (_, place) => {
      let value = own * (random() + random() - 1);
      for (const { centre, weight } of subjects) value += weight * (centre[place] ?? 0);
      return value;
    });
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => Math.fround(value / length));
  });
}

/** Seeds in a row would begin alike. */
const FAR_APART = 0x9e3779b9;
/** Subjects of a vector, and how much it has of its own beside them. */
const SUBJECTS = 3;
const OWN = 0.5;

/** The places of the k vectors that are most like one, the best first: every vector is compared. */
export function scan(
  vectors: readonly (readonly number[])[],
  query: readonly number[],
  k: number,
): number[] {
  return vectors
    .map((vector, place) => ({ place, score: dot(vector, query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ place }) => place);
}

/** The share of what should have been found that was found: recall. */
export function shareFound<T>(wanted: readonly T[], found: readonly T[]): number {
  if (wanted.length === 0) return 1;
  return wanted.filter((one) => found.includes(one)).length / wanted.length;
}

/** The product of two vectors, which is their cosine if both have length 1. */
export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/** The value in the middle: half of the others are less. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
