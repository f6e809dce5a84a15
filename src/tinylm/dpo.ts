import type { Tick } from "./pretrain.ts";
import { pick, type Random, randomFrom } from "./random.ts";
import type { Rating } from "./ratings.ts";
import { logProbabilities, Reference, sum } from "./reference.ts";
import { askingIds, exampleRow } from "./rows.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { BATCH, type Row, type Trainer } from "./trainer.ts";

/**
 * Direct preference optimisation: the same aim as RLHF without a reward model and without drawing
 * answers.
 *
 * It compares, for each rating, how much likelier the model has made the *chosen* answer than the
 * reference had it, with how much likelier it has made the *rejected* one. The difference, times
 * beta, is what a reward model would have said; the first is raised and the second lowered until
 * the ratings are likely. Source: Rafailov and others 2023.
 */
export function* dpo(
  trainer: Trainer,
  { ratings, tokenizer, replay }: DpoData,
  { steps, seed, rate = 1e-4, beta = 0.1, replayed = 2 }: DpoOptions,
): Generator<Tick> {
  trainer.optimizer.forget();
  const random = randomFrom(seed + 5);
  const { context } = trainer.shape;
  const rowOf = (question: string, answer: string): Row =>
    exampleRow(askingIds(tokenizer, question), tokenizer.encode(answer), context);
  const reference = new Reference(trainer);
  const pairs = ratings.map(({ question, chosen, rejected }) => {
    const rows = [rowOf(question, chosen), rowOf(question, rejected)];
    return { rows, before: reference.logProbabilities(rows).map(sum) };
  });
  // Of nothing nothing is learnt.
  if (pairs.length === 0) return;
  for (let step = 1; step <= steps; step++) {
    const batch = Array.from({ length: (BATCH - replayed) / 2 }, () => pick(random, pairs));
    const rows = batch.flatMap(({ rows }) => rows);
    const gains = logProbabilities(trainer, rows).map(
      (of, at) => sum(of) - (batch[at >> 1]?.before[at & 1] ?? 0),
    );
    let loss = 0;
    const weighted = rows.map((row, at) => {
      const margin = beta * ((gains[at & ~1] ?? 0) - (gains[at | 1] ?? 0));
      const push = (beta / (1 + Math.exp(margin)) / batch.length) * (at % 2 === 0 ? 1 : -1);
      loss += Math.log(1 + Math.exp(-margin)) / rows.length;
      return { ...row, weights: row.weights.map((weight) => weight * push) };
    });
    trainer.load([...weighted, ...Array.from({ length: replayed }, () => replay(random))]);
    trainer.predict();
    trainer.learn(rate);
    yield { step, of: steps, value: loss };
  }
}

export interface DpoData {
  ratings: readonly Rating[];
  tokenizer: Tokenizer;
  /** a row of what the model learnt before; see reinforce.ts */
  replay(random: Random): Row;
}

export interface DpoOptions {
  steps: number;
  seed: number;
  rate?: number;
  /** how far the model may go from the reference: small is far */
  beta?: number;
  /** of a batch's rows, how many are replayed; even */
  replayed?: number;
}
