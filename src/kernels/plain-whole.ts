import type { Kernels } from "./kernels.ts";
import { nearest, round, sumLanes } from "./rounding.ts";

type WholeKernels = Pick<Kernels, "int8Matmul" | "quantize" | "layerNorm">;

/**
 * The kernels of the sentence encoder in plain TypeScript; assembly/whole.ts gives the same bits.
 */
export function wholeKernels(memory: ArrayBufferLike): WholeKernels {
  const f = new Float32Array(memory);
  const shorts = new Int16Array(memory);
  const bytes = new Int8Array(memory);
  const at = (address: number, offset = 0) => f[(address >> 2) + offset] as number;

  return {
    int8Matmul(a, aScale, w, wScale, bias, c, m, n, k, accumulate) {
      for (let row = 0; row < m; row++) {
        for (let column = 0; column < n; column++) {
          const left = (a >> 1) + row * k;
          const right = w + (column >> 3) * 8 * k + (column & 7) * 2;
          let sum = 0;
          for (let i = 0; i < k; i++)
            sum +=
              (shorts[left + i] as number) * (bytes[right + (i >> 1) * 16 + (i & 1)] as number);
          const scaled = round(round(round(sum) * at(aScale, row)) * at(wScale, column));
          const result = round(scaled + at(bias, column));
          const to = (c >> 2) + row * n + column;
          f[to] = accumulate ? result + (f[to] as number) : result;
        }
      }
    },
    quantize(out, scales, x, rows, width, relu) {
      for (let row = 0; row < rows; row++) {
        const value = (i: number) => {
          const v = at(x, row * width + i);
          return relu ? Math.max(v, 0) : v;
        };
        let top = 0;
        for (let i = 0; i < width; i++) top = Math.max(top, Math.abs(value(i)));
        const scale = top > 0 ? round(top / 8191) : 1;
        f[(scales >> 2) + row] = scale;
        const by = round(1 / scale);
        for (let i = 0; i < width; i++)
          shorts[(out >> 1) + row * width + i] = nearest(round(value(i) * by));
      }
    },
    layerNorm(out, x, gain, bias, rows, width) {
      for (let row = 0; row < rows; row++) {
        const start = row * width;
        const mean = round(sumLanes(width, (i) => at(x, start + i)) / width);
        const square = sumLanes(width, (i) => {
          const v = round(at(x, start + i) - mean);
          return round(v * v);
        });
        const by = round(1 / round(Math.sqrt(round(round(square / width) + round(1e-6)))));
        for (let i = 0; i < width; i++) {
          const v = round(round(at(x, start + i) - mean) * by);
          f[(out >> 2) + start + i] = round(v * at(gain, i)) + at(bias, i);
        }
      }
    },
  };
}
