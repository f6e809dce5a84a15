import { expect, test } from "vitest";
import { parseFlags } from "../scripts/bench-tinylm/flags.mjs";

test("without flags it trains five seeds on two threads", () => {
  expect(parseFlags([])).toEqual({
    seeds: [1, 2, 3, 4, 5],
    threads: 2,
    kind: "simd",
    kernels: false,
    quick: false,
  });
});

test("flags say what is measured", () => {
  expect(parseFlags(["--seeds", "7,12", "--threads", "1", "--kind", "fused", "--quick"])).toEqual({
    seeds: [7, 12],
    threads: 1,
    kind: "fused",
    kernels: false,
    quick: true,
  });
  expect(parseFlags(["--help"])).toBe("help");
});

test.each([
  [["--seeds", "1,,2"], "--seeds : give whole numbers from 1"],
  [["--threads", "9"], "--threads 9: give whole numbers from 1 to 4."],
  [["--kind", "gpu"], "--kind gpu: give simd, fused, plain."],
  [["--steps"], "Unknown option '--steps'"],
])("%j: a sentence", (args, sentence) => {
  expect(() => parseFlags(args)).toThrow(sentence);
});
