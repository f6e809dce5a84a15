/**
 * Sine, cosine and hyperbolic tangent with the same bits on every machine. `Math.sin`, `Math.exp`
 * and their kin may differ in the last bit between engines; these only add, multiply, divide, round
 * and take whole powers of two, whose results are fixed. (`Math.sqrt` is used elsewhere: IEEE 754
 * fixes it, too.) Within 1e-13 of the engine's for the small numbers used here.
 */

/** [sine, cosine] of x */
export function sinCos(x: number): [number, number] {
  const quarter = Math.round(x / 1.5707963267948966);
  // Half of pi in two parts: what is left stays exact to the last bits.
  const r = x - quarter * 1.5707963267341256 - quarter * 6.077100506506192e-11;
  const square = r * r;
  let [s, c] = [0, 0];
  for (let k = 9; k >= 1; k--) {
    s = (-square / (2 * k * (2 * k + 1))) * (1 + s);
    c = (-square / ((2 * k - 1) * (2 * k))) * (1 + c);
  }
  const [sine, cosine] = [r * (1 + s), 1 + c];
  switch (quarter & 3) {
    case 0:
      return [sine, cosine];
    case 1:
      return [cosine, -sine];
    case 2:
      return [-sine, -cosine];
    default:
      return [-cosine, sine];
  }
}

/** The hyperbolic tangent: from -1 to 1. */
export function tanh(x: number): number {
  const y = 1 - 2 / (exp(2 * Math.min(Math.abs(x), 20)) + 1);
  return x < 0 ? -y : y;
}

/** e to the power of x: 2^n times a series for what is left. */
function exp(x: number): number {
  const n = Math.round(x / Math.LN2);
  const r = x - n * 0.6931471803691238 - n * 1.9082149292705877e-10;
  let sum = 1;
  for (let k = 14; k >= 1; k--) sum = 1 + (sum * r) / k;
  return sum * 2 ** n;
}
