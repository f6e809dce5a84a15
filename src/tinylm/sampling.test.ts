import { describe, expect, test } from "vitest";
import { randomFrom } from "./random.ts";
import { candidates, sample } from "./sampling.ts";

const scores = new Float32Array([1, 3, 2, -4]);
const softmax = (temperature: number) => {
  const powers = [...scores].map((score) => Math.exp(score / temperature));
  const all = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / all);
};

describe("candidates", () => {
  test.each([0.5, 1, 2])(
    "at temperature %d they are the softmax, the likeliest first",
    (temperature) => {
      const found = candidates(scores, { temperature });
      expect(found.map(({ id }) => id)).toEqual([1, 2, 0, 3]);
      for (const { id, probability } of found)
        expect(probability).toBeCloseTo(softmax(temperature)[id] ?? 0, 5);
    },
  );

  test("top-k and top-p cut the tail and make the rest add up to 1", () => {
    expect(candidates(scores, { temperature: 1, topK: 2 }).map(({ id }) => id)).toEqual([1, 2]);
    expect(candidates(scores, { temperature: 1, topP: 0.7 }).map(({ id }) => id)).toEqual([1, 2]);
    expect(candidates(scores, { temperature: 1, topP: 0.1 })).toEqual([{ id: 1, probability: 1 }]);
    const sum = candidates(scores, { temperature: 1, topK: 3, topP: 0.95 }).reduce(
      (all, { probability }) => all + probability,
      0,
    );
    expect(sum).toBeCloseTo(1, 6);
  });
});

describe("sample", () => {
  test("takes the best at temperature 0", () => {
    expect(sample(scores, { temperature: 0 }, () => 0.999)).toBe(1);
  });

  test.each([{ temperature: 1 }, { temperature: 1, topK: 4 }, { temperature: 2, topP: 1 }])(
    "draws as often as %j says",
    (sampling) => {
      const random = randomFrom(7);
      const counts = [0, 0, 0, 0];
      for (let draw = 0; draw < 20_000; draw++) {
        const id = sample(scores, sampling, random);
        counts[id] = (counts[id] ?? 0) + 1;
      }
      const expected = softmax(sampling.temperature);
      for (const [id, count] of counts.entries())
        expect(Math.abs(count / 20_000 - (expected[id] ?? 0))).toBeLessThan(0.015);
    },
  );
});
