import { describe, expect, test } from "vitest";
import { PARTS } from "./layout.ts";
import { randomFrom } from "./random.ts";
import type { ModelShape } from "./shape.ts";
import { BACKWARD } from "./team.ts";
import { BATCH, type Row, Trainer } from "./trainer.ts";

const SHAPE: ModelShape = { vocabulary: 24, context: 16, width: 32, layers: 2, heads: 2 };

/** A trainer whose weights are large enough that every part of the model matters. */
async function trainerOf(kind: "plain" | "simd") {
  const trainer = await Trainer.open(SHAPE, { kind });
  trainer.reset(3);
  const random = randomFrom(9);
  const rows: Row[] = Array.from({ length: BATCH }, () => ({
    ids: Array.from({ length: 16 }, () => Math.floor(random() * 24)),
    targets: Array.from({ length: 16 }, () => Math.floor(random() * 24)),
    weights: Array.from({ length: 16 }, () => random() * 0.1 - 0.02),
  }));
  trainer.load(rows);
  return trainer;
}

function lossOf(trainer: Trainer): number {
  trainer.predict();
  return trainer.team.layout.parts.reduce(
    (sum, { losses, weights }) =>
      losses.reduce((of, loss, at) => of + loss * (weights[at] ?? 0), sum),
    0,
  );
}

describe.each(["plain", "simd"] as const)("gradients by the %s kernels", (kind) => {
  test("are what a small change of each kind of weight does to the loss", async () => {
    const trainer = await trainerOf(kind);
    const { places, parts } = trainer.team.layout;
    lossOf(trainer);
    trainer.team.run(BACKWARD);
    const gradient = (at: number) =>
      parts.reduce((sum, { gradients }) => sum + (gradients[at] ?? 0), 0);
    const [layer, second] = places.layers;
    const kinds = {
      ...places,
      ...layer,
      last: second?.narrow,
      layers: undefined,
      count: undefined,
    };
    for (const [name, place] of Object.entries(kinds)) {
      if (!place || typeof place !== "object" || !("offset" in place)) continue;
      // The weight of each matrix that matters most, and some others.
      const count = place.rows * place.width;
      const size = (at: number) => Math.abs(gradient(place.offset + at));
      const ranked = Array.from({ length: count }, (_, at) => at).sort((a, b) => size(b) - size(a));
      for (const within of [ranked[0], ranked[1], ranked[count >> 3]]) {
        const at = place.offset + (within as number);
        const before = trainer.weights[at] as number;
        const step = 1e-2;
        trainer.weights[at] = before + step;
        const more = lossOf(trainer);
        trainer.weights[at] = before - step;
        const less = lossOf(trainer);
        trainer.weights[at] = before;
        const measured = (more - less) / (2 * step);
        expect(Math.abs(measured - gradient(at)), `${name}[${within}]`).toBeLessThan(
          0.02 * Math.abs(measured) + 2e-4,
        );
      }
    }
    expect(parts).toHaveLength(PARTS);
  });
});

test("a token's loss does not depend on tokens after it: attention is masked", async () => {
  const trainer = await trainerOf("simd");
  trainer.predict();
  const before = trainer.losses().map((of) => of.slice(0, 9));
  for (const { ids } of trainer.team.layout.parts)
    for (const text of [0, 16]) ids.fill(1, text + 9, text + 16);
  trainer.predict();
  expect(trainer.losses().map((of) => of.slice(0, 9))).toEqual(before);
  const after = trainer.losses().map((of) => of.slice(9));
  for (const { ids } of trainer.team.layout.parts)
    for (const text of [0, 16]) ids.fill(2, text, text + 9);
  trainer.predict();
  expect(trainer.losses().map((of) => of.slice(9))).not.toEqual(after);
});

test("both kinds of kernels give the same losses and the same weights, step by step", async () => {
  const [plain, simd] = [await trainerOf("plain"), await trainerOf("simd")];
  const random = randomFrom(4);
  for (let step = 0; step < 5; step++) {
    const rows: Row[] = Array.from({ length: BATCH }, () => {
      const ids = Array.from({ length: 16 }, () => Math.floor(random() * 24));
      return { ids, targets: ids.map((id) => (id + 1) % 24), weights: ids.map(() => 1) };
    });
    expect(simd.step(rows, 0.01)).toBe(plain.step(rows, 0.01));
  }
  expect(
    Buffer.from(simd.weights.slice().buffer).equals(Buffer.from(plain.weights.slice().buffer)),
  ).toBe(true);
});
