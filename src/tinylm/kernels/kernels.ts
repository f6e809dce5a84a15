/**
 * The arithmetic of training, over one block of shared memory.
 *
 * All tensors are float32. Addresses are in bytes, sizes and strides in elements. There are two
 * implementations that give the same bits: WebAssembly SIMD (assembly/) and plain TypeScript
 * (plain.ts); the first can also be compiled for fused multiply-add, which rounds once less and so
 * gives other last bits.
 */
export interface Kernels {
  /**
   * C (m x n) = or += A (m x k) B (k x n); n a multiple of 8, k of 4. `packed` is room for PACKED
   * values.
   */
  // biome-ignore format: one parameter list
  matmul(a: number, aRow: number, aCol: number, b: number, bRow: number, bCol: number, c: number, cRow: number, m: number, n: number, k: number, accumulate: boolean, packed: number): void;
  /** out += x */
  addTo(out: number, x: number, n: number): void;
  /** out = a + b */
  add(out: number, a: number, b: number, n: number): void;
  /** x *= factor */
  scale(x: number, factor: number, n: number): void;
  sumSquares(x: number, n: number): number;
  /** out = max(x, 0) squared */
  reluSquared(out: number, x: number, n: number): void;
  reluSquaredBackward(dx: number, x: number, dOut: number, n: number): void;
  /** out = gain x / rms(x), by rows of `width`; keeps 1 / rms for the way back */
  rmsNorm(out: number, x: number, gain: number, inverse: number, rows: number, width: number): void;
  // biome-ignore format: one parameter list
  rmsNormBackward(dx: number, dGain: number, x: number, gain: number, inverse: number, dOut: number, rows: number, width: number): void;
  /**
   * Rows of scores become probabilities, in place; `causal`: row t sees its first t + 1 scores
   * only.
   */
  softmax(x: number, rows: number, width: number, factor: number, causal: boolean): void;
  softmaxBackward(d: number, p: number, rows: number, width: number, factor: number): void;
  // biome-ignore format: one parameter list
  adamw(w: number, g: number, m: number, v: number, n: number, rate: number, decay: number, beta1: number, beta2: number, correct1: number, correct2: number, clip: number): void;
}

/**
 * Which implementation: "simd" is the usual one, "fused" its faster variant, "plain" needs no
 * WebAssembly.
 */
export const KERNELS = ["simd", "fused", "plain"] as const;
export type KernelKind = (typeof KERNELS)[number];

/** The room that a matrix product needs: eight columns and 128 rows, 256 deep. */
export const PACKED = (8 + 128) * 256;
