import type { Kernels } from "./kernels.ts";
import { wholeKernels } from "./plain-whole.ts";
import { nearest, round, sumLanes } from "./rounding.ts";

/**
 * The kernels in plain TypeScript, for machines without WebAssembly SIMD and for reading.
 *
 * They round where the SIMD ones do and add in the same order (four interleaved partial sums where
 * those have four lanes), so the same bits come out, some thirty times as slowly.
 */
export function plainKernels(memory: ArrayBufferLike): Kernels {
  const f = new Float32Array(memory);
  const at = (address: number, offset = 0) => f[(address >> 2) + offset] as number;

  return {
    matmul(a, aRow, aCol, b, bRow, bCol, c, cRow, m, n, k, accumulate) {
      for (let from = 0; from < k; from += BLOCK) {
        const depth = Math.min(BLOCK, k - from);
        for (let row = 0; row < m; row++) {
          for (let column = 0; column < n; column++) {
            let sum = 0;
            let left = (a >> 2) + row * aRow + from * aCol;
            let right = (b >> 2) + column * bCol + from * bRow;
            for (let step = 0; step < depth; step++, left += aCol, right += bRow)
              sum = round(sum + round((f[left] as number) * (f[right] as number)));
            const to = (c >> 2) + row * cRow + column;
            f[to] = accumulate || from > 0 ? round((f[to] as number) + sum) : sum;
          }
        }
      }
    },
    addTo(out, x, n) {
      for (let i = 0; i < n; i++) f[(out >> 2) + i] = at(out, i) + at(x, i);
    },
    add(out, a, b, n) {
      for (let i = 0; i < n; i++) f[(out >> 2) + i] = at(a, i) + at(b, i);
    },
    scale(x, factor, n) {
      for (let i = 0; i < n; i++) f[(x >> 2) + i] = at(x, i) * round(factor);
    },
    sumSquares: (x, n) => sumLanes(n, (i) => round(at(x, i) * at(x, i))),
    reluSquared(out, x, n) {
      for (let i = 0; i < n; i++) f[(out >> 2) + i] = Math.max(at(x, i), 0) ** 2;
    },
    reluSquaredBackward(dx, x, dOut, n) {
      for (let i = 0; i < n; i++)
        f[(dx >> 2) + i] = at(dx, i) + round(2 * Math.max(at(x, i), 0) * at(dOut, i));
    },
    rmsNorm(out, x, gain, inverse, rows, width) {
      for (let row = 0; row < rows; row++) {
        const start = x + 4 * row * width;
        const square = this.sumSquares(start, width);
        const inv = round(1 / round(Math.sqrt(round(round(square / width) + round(1e-5)))));
        f[(inverse >> 2) + row] = inv;
        for (let i = 0; i < width; i++)
          f[(out >> 2) + row * width + i] = round(at(start, i) * inv) * at(gain, i);
      }
    },
    rmsNormBackward(dx, dGain, x, gain, inverse, dOut, rows, width) {
      for (let row = 0; row < rows; row++) {
        const [xAt, dAt, outAt] = [x, dx, dOut].map((start) => start + 4 * row * width) as Row;
        const inv = at(inverse, row);
        const dot = sumLanes(width, (i) => {
          const normed = round(at(xAt, i) * inv);
          return round(round(at(outAt, i) * at(gain, i)) * normed);
        });
        const mean = round(dot / width);
        for (let i = 0; i < width; i++) {
          const normed = round(at(xAt, i) * inv);
          f[(dGain >> 2) + i] = at(dGain, i) + round(at(outAt, i) * normed);
          const d = round(at(outAt, i) * at(gain, i));
          f[(dAt >> 2) + i] = at(dAt, i) + round(round(d - round(normed * mean)) * inv);
        }
      }
    },
    softmax(x, rows, width, factor, causal) {
      for (let row = 0; row < rows; row++) {
        const start = (x >> 2) + row * width;
        const seen = causal ? row + 1 : width;
        const used = Math.ceil(seen / 4) * 4;
        // The mask: what lies ahead counts next to nothing in the sum, and is made 0 at the end.
        f.fill(-1e30, start + seen, start + width);
        let top = -1e30;
        for (let i = 0; i < seen; i++) top = Math.max(top, f[start + i] as number);
        for (let i = 0; i < used; i++)
          f[start + i] = exp(round(round((f[start + i] as number) - round(top)) * round(factor)));
        const inv = round(1 / sumLanes(used, (i) => f[start + i] as number));
        for (let i = 0; i < seen; i++) f[start + i] = (f[start + i] as number) * inv;
        f.fill(0, start + seen, start + width);
      }
    },
    softmaxBackward(d, p, rows, width, factor) {
      for (let row = 0; row < rows; row++) {
        const [dAt, pAt] = [d + 4 * row * width, p + 4 * row * width];
        const all = sumLanes(width, (i) => round(at(pAt, i) * at(dAt, i)));
        for (let i = 0; i < width; i++)
          f[(dAt >> 2) + i] = round(at(pAt, i) * round(at(dAt, i) - all)) * round(factor);
      }
    },
    adamw(w, g, m, v, n, rate, decay, beta1, beta2, correct1, correct2, clip) {
      const [r1, r2] = [round(1 - round(beta1)), round(1 - round(beta2))];
      for (let i = 0; i < n; i++) {
        const gradient = round(at(g, i) * round(clip));
        const first = round(round(round(beta1) * at(m, i)) + round(r1 * gradient));
        const square = round(r2 * round(gradient * gradient));
        const second = round(round(round(beta2) * at(v, i)) + square);
        f[(m >> 2) + i] = first;
        f[(v >> 2) + i] = second;
        const size = round(round(Math.sqrt(round(second * round(correct2)))) + round(1e-8));
        const step = round(round(first * round(correct1)) / size);
        const pull = round(step + round(at(w, i) * round(decay)));
        f[(w >> 2) + i] = at(w, i) - round(pull * round(rate));
      }
    },
    ...wholeKernels(memory),
  };
}

type Row = [number, number, number];
const BLOCK = 256;

const [P0, P1, P2, P3, P4, P5] = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
  5.0000001201e-1,
].map(round) as [number, number, number, number, number, number];
const [LOG2E, LN2_HIGH, LN2_LOW] = [round(Math.LOG2E), round(0.693359375), round(2.1219444e-4)];

/**
 * e to the power of x, as assembly/arithmetic.ts has it: 2^n times a polynomial of what is left.
 */
export function exp(x: number): number {
  const clamped = Math.max(Math.min(x, 88), -87);
  const n = nearest(round(clamped * LOG2E));
  let r = round(clamped - round(n * LN2_HIGH));
  r = round(r + round(n * LN2_LOW));
  // Written out: writing with the model calls this for each token that it looks back at.
  let p = round(round(P0 * r) + P1);
  p = round(round(p * r) + P2);
  p = round(round(p * r) + P3);
  p = round(round(p * r) + P4);
  p = round(round(p * r) + P5);
  return round(round(round(round(round(r * r) * p) + r) + 1) * 2 ** n);
}
