/**
 * The arithmetic of the tiny LM and of the sentence encoder, over one block of shared memory.
 *
 * Tensors are float32 unless a kernel says otherwise. Addresses are in bytes, sizes and strides in
 * elements. There are two
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
   * Rows of scores times `factor` become shares that add up to 1, in place; `causal`: row t sees its
   * first t + 1 scores only.
   */
  softmax(x: number, rows: number, width: number, factor: number, causal: boolean): void;
  softmaxBackward(d: number, p: number, rows: number, width: number, factor: number): void;
  // biome-ignore format: one parameter list
  adamw(w: number, g: number, m: number, v: number, n: number, rate: number, decay: number, beta1: number, beta2: number, correct1: number, correct2: number, clip: number): void;
  /**
   * C (m x n) = or += scale of the row of A x scale of the column of W x (A W) + bias of the column.
   * A (m x k) is int16 as `quantize` makes it. W (k x n) is int8: its value at row i, column j lies at
   * (j >> 3) * 8k + (i >> 1) * 16 + (j & 7) * 2 + (i & 1). n is a multiple of 8, k even and below
   * 2,048: a sum is at most 8191 x 128 x k, which then fits 32 bits.
   */
  // biome-ignore format: one parameter list
  int8Matmul(a: number, aScale: number, w: number, wScale: number, bias: number, c: number, m: number, n: number, k: number, accumulate: boolean): void;
  /**
   * Rows of float32 become int16 of at most 8191 in size, each row with its scale; with `relu`,
   * what is below 0 becomes 0 first. `width` is a multiple of 8.
   */
  // biome-ignore format: one parameter list
  quantize(out: number, scales: number, x: number, rows: number, width: number, relu: boolean): void;
  /** Each row minus its mean, over its standard deviation, times the gain, plus the bias. */
  // biome-ignore format: one parameter list
  layerNorm(out: number, x: number, gain: number, bias: number, rows: number, width: number): void;
}

/**
 * Which implementation: "simd" is the usual one, "fused" its faster variant, "plain" needs no
 * WebAssembly.
 */
export const KERNELS = ["simd", "fused", "plain"] as const;
export type KernelKind = (typeof KERNELS)[number];

/** The room that a matrix product needs: eight columns and 128 rows, 256 deep. */
export const PACKED = (8 + 128) * 256;
