/** What both kinds of kernels do alike: they round to float32, and add in four lanes. */
export const round = Math.fround;

/** A sum in the order of four lanes: every fourth value together, then the lanes by pairs. */
export function sumLanes(n: number, value: (i: number) => number): number {
  const lanes = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) lanes[i & 3] = round((lanes[i & 3] as number) + value(i));
  const [a, b, c, d] = lanes as [number, number, number, number];
  return round(round(a + b) + round(c + d));
}

/** The nearest whole number, of two the even one; for values of at most 4 million. */
export const nearest = (x: number) => round(round(x + 12582912) - 12582912);
