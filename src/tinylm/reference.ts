import type { Row } from "./trainer.ts";
import { BATCH, type Trainer } from "./trainer.ts";

/** The model as it was before preference tuning: what the tuned one is held against. */
export class Reference {
  readonly #weights: Float32Array;
  readonly #trainer: Trainer;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.#weights = trainer.weights.slice();
  }

  /**
   * For each row, the logarithms of the probabilities that the earlier model gave its answer's
   * tokens (rows, context).
   */
  logProbabilities(rows: readonly Row[]): Float32Array[] {
    const now = this.#trainer.weights.slice();
    this.#trainer.weights.set(this.#weights);
    const found = logProbabilities(this.#trainer, rows);
    this.#trainer.weights.set(now);
    return found;
  }
}

/** The same of the model as it is now. Tokens that do not count (weight 0) have 0. */
export function logProbabilities(trainer: Trainer, rows: readonly Row[]): Float32Array[] {
  const found: Float32Array[] = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    trainer.load(batch);
    trainer.predict();
    const losses = trainer.losses();
    for (const [text, { weights }] of batch.entries())
      found.push(
        losses[text]?.map((loss, token) => (weights[token] ? -loss : 0)) ?? new Float32Array(),
      );
  }
  return found;
}

export const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};
