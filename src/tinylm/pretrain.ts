import { randomFrom } from "./random.ts";
import type { Stretches } from "./rows.ts";
import { rateAt } from "./schedule.ts";
import { BATCH, type Trainer } from "./trainer.ts";

/** What a stage of training tells after each of its steps. */
export interface Tick {
  /** from 1 */
  step: number;
  of: number;
  /** the loss of the step; for reinforcement, the mean reward */
  value: number;
  /** tokens that were worked on, where it is not a whole batch */
  tokens?: number;
}

/**
 * Pre-training: from random weights to a base model, by predicting the next token of a lot of text.
 *
 * Nothing says what a question or an answer is. What comes out continues a text as the training
 * text would go on, and that is all it does: a base model.
 */
export function* pretrain(
  trainer: Trainer,
  text: Stretches,
  { steps, seed, rate = 0.006, done = 0 }: PretrainOptions,
): Generator<Tick> {
  if (done === 0) trainer.reset(seed);
  const random = randomFrom(seed + 1);
  for (let step = 1; step <= steps; step++) {
    const rows = Array.from({ length: BATCH }, () => text.draw(random));
    // What was done before an interruption is drawn again, not learnt again.
    if (step <= done) continue;
    const value = trainer.step(rows, rate * rateAt(step, steps));
    yield { step, of: steps, value };
  }
}

export interface PretrainOptions {
  steps: number;
  seed: number;
  rate?: number;
  /** steps that the trainer has behind it already, when training goes on */
  done?: number;
}
