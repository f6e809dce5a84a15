import { describe, expect, test } from "vitest";
import { randomFrom } from "../tinylm/random.ts";
import type { KernelKind, Kernels } from "./kernels.ts";
import { allocate, isSupported, loadKernels } from "./load.ts";
import { exp } from "./plain.ts";

const BYTES = 4_000_000;

/** The same random memory for each kind, what a kernel makes of it, and the kernel's own return value. */
function runOn(kind: KernelKind, work: (kernels: Kernels) => unknown) {
  const memory = allocate(BYTES, kind);
  const values = new Float32Array(memory.buffer);
  const random = randomFrom(5);
  for (let i = 0; i < values.length; i++) values[i] = random() * 2 - 1;
  const result = work(loadKernels(memory));
  return { values, result };
}

const [A, B, C, D, PACKED] = [0, 800_000, 1_600_000, 2_400_000, 3_200_000];

const CASES: [string, (kernels: Kernels) => unknown][] = [
  ...[4, 7, 1, 64].map((m): [string, (kernels: Kernels) => unknown] => [
    `matmul of ${m} rows`,
    (k) => k.matmul(A, 300, 1, B, 24, 1, C, 24, m, 24, 300, false, PACKED),
  ]),
  ["matmul, B transposed", (k) => k.matmul(A, 64, 1, B, 1, 64, C, 40, 12, 40, 64, true, PACKED)],
  ["matmul, A transposed", (k) => k.matmul(A, 1, 32, B, 16, 1, C, 16, 32, 16, 128, true, PACKED)],
  ["addTo", (k) => k.addTo(A, B, 64)],
  ["add", (k) => k.add(A, B, C, 64)],
  ["scale", (k) => k.scale(A, 0.3, 64)],
  ["sumSquares", (k) => k.sumSquares(A, 640)],
  ["reluSquared", (k) => k.reluSquared(A, B, 64)],
  ["reluSquaredBackward", (k) => k.reluSquaredBackward(A, B, C, 64)],
  ["rmsNorm", (k) => k.rmsNorm(A, B, C, D, 9, 64)],
  ["rmsNormBackward", (k) => k.rmsNormBackward(A, B, C, D, PACKED, C + 90_000, 9, 64)],
  ["softmax", (k) => k.softmax(A, 9, 64, 0.25, false)],
  ["softmax, causal", (k) => k.softmax(A, 64, 64, 0.25, true)],
  ["softmaxBackward", (k) => k.softmaxBackward(A, B, 9, 64, 0.25)],
  ...[1, 4, 7].map((m): [string, (kernels: Kernels) => unknown] => [
    `int8Matmul of ${m} rows`,
    (k) => {
      k.quantize(C, D, A, m, 64, false);
      k.int8Matmul(C, D, B, A, B, D + 4096, m, 16, 64, m === 4);
    },
  ]),
  ["quantize", (k) => k.quantize(C, D, A, 9, 64, false)],
  ["quantize what is above 0", (k) => k.quantize(C, D, A, 9, 64, true)],
  ["layerNorm", (k) => k.layerNorm(C, A, B, D, 9, 64)],
  ["adamw", (k) => k.adamw(A, B, C, D, 64, 0.01, 0.1, 0.9, 0.99, 10, 100, 0.5)],
];

describe("the plain and the SIMD kernels", () => {
  test.each(CASES)("%s: the same bits", (name, work) => {
    // The second moments of AdamW are sums of squares.
    const prepared = (kernels: Kernels) => {
      if (name === "adamw") kernels.reluSquared(D, D, 64);
      return work(kernels);
    };
    const [plain, simd] = [runOn("plain", prepared), runOn("simd", prepared)];
    // What lies in the room for packing is nobody's business.
    const upTo = PACKED / 4;
    const differs = plain.values.findIndex(
      (value, i) => i < upTo && !Object.is(value, simd.values[i]),
    );
    expect(differs).toBe(-1);
    expect(simd.result).toEqual(plain.result);
    const untouched = runOn("plain", () => undefined);
    if (plain.result === undefined)
      expect(plain.values.some((value, i) => value !== untouched.values[i])).toBe(true);
  });

  test("matmul is a matrix product", () => {
    const { values } = runOn("simd", (k) =>
      k.matmul(A, 8, 1, B, 8, 1, C, 8, 5, 8, 8, false, PACKED),
    );
    for (const [row, column] of [
      [0, 0],
      [3, 5],
      [4, 7],
    ] as const) {
      const terms = Array.from(
        { length: 8 },
        (_, k) => (values[row * 8 + k] ?? 0) * (values[B / 4 + k * 8 + column] ?? 0),
      );
      expect(values[C / 4 + row * 8 + column]).toBeCloseTo(
        terms.reduce((sum, term) => sum + term, 0),
        5,
      );
    }
  });

  test("exp is e to the power", () => {
    for (let x = -20; x < 5; x += 0.37)
      expect(exp(Math.fround(x)) / Math.exp(Math.fround(x))).toBeCloseTo(1, 6);
  });

  test.runIf(isSupported("fused"))("fused multiply-add differs only in the last bits", () => {
    const product = (k: Kernels) => k.matmul(A, 64, 1, B, 64, 1, C, 64, 64, 64, 64, false, PACKED);
    const [simd, fused] = [runOn("simd", product), runOn("fused", product)];
    let most = 0;
    for (let i = C / 4; i < C / 4 + 4096; i++)
      most = Math.max(most, Math.abs((simd.values[i] ?? 0) - (fused.values[i] ?? 0)));
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(1e-5);
  });
});
