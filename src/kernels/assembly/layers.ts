// What a transformer does between its matrix products, in AssemblyScript. Widths are multiples of 4.

import { exp4, sumLanes } from "./arithmetic";

/** out += x, n values. */
export function addTo(out: usize, x: usize, n: i32): void {
  for (const end = out + ((<usize>n) << 2); out < end; out += 16, x += 16)
    v128.store(out, f32x4.add(v128.load(out), v128.load(x)));
}

/** out = a + b, n values. */
export function add(out: usize, a: usize, b: usize, n: i32): void {
  for (const end = out + ((<usize>n) << 2); out < end; out += 16, a += 16, b += 16)
    v128.store(out, f32x4.add(v128.load(a), v128.load(b)));
}

/** x *= factor, n values. */
export function scale(x: usize, factor: f32, n: i32): void {
  const by = f32x4.splat(factor);
  for (const end = x + ((<usize>n) << 2); x < end; x += 16)
    v128.store(x, f32x4.mul(v128.load(x), by));
}

/** The sum of squares of n values. */
export function sumSquares(x: usize, n: i32): f32 {
  let sum = f32x4.splat(0);
  for (const end = x + ((<usize>n) << 2); x < end; x += 16) {
    const v = v128.load(x);
    sum = f32x4.add(sum, f32x4.mul(v, v));
  }
  return sumLanes(sum);
}

/** out = max(x, 0) squared, n values. */
export function reluSquared(out: usize, x: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = out + ((<usize>n) << 2); out < end; out += 16, x += 16) {
    const positive = f32x4.max(v128.load(x), zero);
    v128.store(out, f32x4.mul(positive, positive));
  }
}

/** dx += 2 max(x, 0) dOut. */
export function reluSquaredBackward(dx: usize, x: usize, dOut: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = dx + ((<usize>n) << 2); dx < end; dx += 16, x += 16, dOut += 16) {
    const positive = f32x4.max(v128.load(x), zero);
    const slope = f32x4.add(positive, positive);
    v128.store(dx, f32x4.add(v128.load(dx), f32x4.mul(slope, v128.load(dOut))));
  }
}

/** Each row divided by its root mean square, times the gain; the divisor's inverse is kept for the way back. */
export function rmsNorm(out: usize, x: usize, gain: usize, inverse: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    const inv = <f32>1 / sqrt(sumSquares(x, width) / <f32>width + <f32>1e-5);
    store<f32>(inverse + ((<usize>row) << 2), inv);
    const by = f32x4.splat(inv);
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(out + at, f32x4.mul(f32x4.mul(v128.load(x + at), by), v128.load(gain + at)));
    x += bytes;
    out += bytes;
  }
}

/** dx and dGain += what the norm passes back. */
// biome-ignore format: one parameter list
export function rmsNormBackward(dx: usize, dGain: usize, x: usize, gain: usize, inverse: usize, dOut: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    const inv = load<f32>(inverse + ((<usize>row) << 2));
    const by = f32x4.splat(inv);
    let dot = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const normed = f32x4.mul(v128.load(x + at), by);
      const d = v128.load(dOut + at);
      dot = f32x4.add(dot, f32x4.mul(f32x4.mul(d, v128.load(gain + at)), normed));
      v128.store(dGain + at, f32x4.add(v128.load(dGain + at), f32x4.mul(d, normed)));
    }
    const mean = f32x4.splat(sumLanes(dot) / <f32>width);
    for (let at: usize = 0; at < bytes; at += 16) {
      const normed = f32x4.mul(v128.load(x + at), by);
      const d = f32x4.mul(v128.load(dOut + at), v128.load(gain + at));
      const own = f32x4.mul(f32x4.sub(d, f32x4.mul(normed, mean)), by);
      v128.store(dx + at, f32x4.add(v128.load(dx + at), own));
    }
    x += bytes;
    dx += bytes;
    dOut += bytes;
  }
}

/** Makes each row of scores, times a factor, probabilities. With `causal`, row t sees only its first t + 1 scores: the rest become 0. */
export function softmax(x: usize, rows: i32, width: i32, factor: f32, causal: bool): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    const seen = causal ? row + 1 : width;
    const by = f32x4.splat(factor);
    // The mask: what lies ahead counts next to nothing in the sum, and is made 0 at the end.
    for (let at = seen; at < width; at++) store<f32>(x + ((<usize>at) << 2), -1e30);
    const used = ((<usize>seen + 3) >> 2) << 4;
    let most = f32x4.splat(-1e30);
    for (let at: usize = 0; at < used; at += 16) most = f32x4.pmax(most, v128.load(x + at));
    const top = f32x4.splat(
      max(
        max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
        max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
      ),
    );
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < used; at += 16) {
      const power = exp4(f32x4.mul(f32x4.sub(v128.load(x + at), top), by));
      sum = f32x4.add(sum, power);
      v128.store(x + at, power);
    }
    const inv = f32x4.splat(<f32>1 / sumLanes(sum));
    for (let at: usize = 0; at < used; at += 16) v128.store(x + at, f32x4.mul(v128.load(x + at), inv));
    for (let at = seen; at < width; at++) store<f32>(x + ((<usize>at) << 2), 0);
    x += bytes;
  }
}

/** dScores (in place of dProbabilities) = factor * p * (dP - sum(p dP)), by rows. */
export function softmaxBackward(d: usize, p: usize, rows: i32, width: i32, factor: f32): void {
  const bytes = (<usize>width) << 2;
  const by = f32x4.splat(factor);
  for (let row = 0; row < rows; row++) {
    let dot = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16)
      dot = f32x4.add(dot, f32x4.mul(v128.load(p + at), v128.load(d + at)));
    const all = f32x4.splat(sumLanes(dot));
    for (let at: usize = 0; at < bytes; at += 16) {
      const own = f32x4.mul(v128.load(p + at), f32x4.sub(v128.load(d + at), all));
      v128.store(d + at, f32x4.mul(own, by));
    }
    d += bytes;
    p += bytes;
  }
}

/** AdamW (Loshchilov and Hutter 2019): n weights moved against their gradients g, whose moments are m and v. */
// biome-ignore format: one parameter list
export function adamw(w: usize, g: usize, m: usize, v: usize, n: i32, rate: f32, decay: f32, beta1: f32, beta2: f32, correct1: f32, correct2: f32, clip: f32): void {
  const end = w + ((<usize>n) << 2);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const r1 = f32x4.splat(<f32>1 - beta1);
  const r2 = f32x4.splat(<f32>1 - beta2);
  for (; w < end; w += 16, g += 16, m += 16, v += 16) {
    const gradient = f32x4.mul(v128.load(g), f32x4.splat(clip));
    const first = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(r1, gradient));
    const second = f32x4.add(f32x4.mul(b2, v128.load(v)), f32x4.mul(r2, f32x4.mul(gradient, gradient)));
    v128.store(m, first);
    v128.store(v, second);
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(second, f32x4.splat(correct2))), f32x4.splat(1e-8));
    const step = f32x4.div(f32x4.mul(first, f32x4.splat(correct1)), size);
    const weight = v128.load(w);
    const pull = f32x4.add(step, f32x4.mul(weight, f32x4.splat(decay)));
    v128.store(w, f32x4.sub(weight, f32x4.mul(pull, f32x4.splat(rate))));
  }
}
