import { exp } from "../kernels/plain.ts";
import type { Random } from "./random.ts";

/** How the next token is drawn from the model's scores. */
export interface Sampling {
  /** scores are divided by it: 0 takes the best, 1 draws as the model thinks, more is bolder */
  temperature: number;
  /** only so many of the likeliest are drawn from; 0 for all */
  topK?: number;
  /** only the likeliest that together have this probability; 1 for all */
  topP?: number;
}

export interface Candidate {
  id: number;
  probability: number;
}

/**
 * The tokens that may come next with their probabilities, the likeliest first, after temperature,
 * top-k and top-p.
 */
export function candidates(scores: Float32Array, sampling: Sampling): Candidate[] {
  const { temperature, topK = 0, topP = 1 } = sampling;
  const order = [...scores.keys()].sort(
    (a, b) => (scores[b] as number) - (scores[a] as number) || a - b,
  );
  const top = scores[order[0] as number] as number;
  if (temperature === 0) return [{ id: order[0] as number, probability: 1 }];
  const considered = topK > 0 ? order.slice(0, topK) : order;
  const powers = considered.map((id) =>
    exp(Math.fround(((scores[id] as number) - top) / temperature)),
  );
  const all = powers.reduce((sum, power) => sum + power, 0);
  let reached = 0;
  const count = powers.findIndex((power) => {
    reached += power / all;
    return reached >= topP;
  });
  const kept = count < 0 ? powers.length : count + 1;
  const sum = powers.slice(0, kept).reduce((total, power) => total + power, 0);
  return considered
    .slice(0, kept)
    .map((id, at) => ({ id, probability: (powers[at] as number) / sum }));
}

/** The next token: the best at temperature 0, else as the dice fall. */
export function sample(scores: Float32Array, sampling: Sampling, random: Random): number {
  const { temperature, topK = 0, topP = 1 } = sampling;
  if (temperature === 0) return best(scores);
  if (topK > 0 || topP < 1) return draw(candidates(scores, sampling), random);
  // Of all tokens, in any order: there is nothing to sort.
  const top = scores[best(scores)] as number;
  const powers = scores.map((score) => exp(Math.fround((score - top) / temperature)));
  const all = powers.reduce((sum, power) => sum + power, 0);
  let left = random() * all;
  const id = powers.findIndex((power) => {
    left -= power;
    return left < 0;
  });
  return Math.max(0, id);
}

function draw(from: readonly Candidate[], random: Random): number {
  let left = random();
  for (const { id, probability } of from) {
    left -= probability;
    if (left < 0) return id;
  }
  return from[0]?.id ?? 0;
}

function best(scores: Float32Array): number {
  let at = 0;
  for (let id = 1; id < scores.length; id++)
    if ((scores[id] as number) > (scores[at] as number)) at = id;
  return at;
}
