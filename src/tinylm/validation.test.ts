import { afterAll, beforeAll, expect, test } from "vitest";
import { shippedCheckpoint } from "./shipped.ts";
import { Training } from "./training.ts";
import { validationPairs } from "./validation.ts";

let training: Training;
beforeAll(async () => {
  training = await Training.open({ from: shippedCheckpoint("base"), threads: 1 });
});
afterAll(() => training.close());

test("validates on examples about facts of which no learnt example tells", () => {
  const learnt = training.pairs.slice(0, 40);
  const facts = new Set(learnt.map(({ about }) => about && `${about.country} ${about.attribute}`));
  const kept = validationPairs(training.pairs, learnt);
  expect(kept.length).toBeGreaterThan(100);
  for (const { about } of kept)
    expect(facts.has(about && `${about.country} ${about.attribute}`)).toBe(false);
});

test("learns a few examples by heart, and gets worse on others; measuring changes nothing", () => {
  const before = training.trainer.weights.slice();
  const first = training.losses(24);
  expect(training.trainer.weights.every((weight, at) => weight === before[at])).toBe(true);
  const seen = [first];
  for (const { step } of training.finetune({ steps: 60, count: 24, replayed: 0 }))
    if (step % 20 === 0) seen.push(training.losses(24));
  const last = seen.at(-1);
  const lowest = Math.min(...seen.map(({ validation }) => validation));
  expect(last?.training).toBeLessThan(first.training / 10);
  expect(last?.validation).toBeGreaterThan(1.1 * lowest);
});
