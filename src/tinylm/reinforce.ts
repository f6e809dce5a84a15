import type { Tick } from "./pretrain.ts";
import { pick, type Random, randomFrom } from "./random.ts";
import type { Asked } from "./ratings.ts";
import { logProbabilities, Reference, sum } from "./reference.ts";
import type { RewardModel } from "./reward.ts";
import { askingIds, exampleRow } from "./rows.ts";
import type { TinyModel } from "./tiny-model.ts";
import { BATCH, type Row, type Trainer } from "./trainer.ts";

/**
 * Reinforcement learning from human feedback: the model answers, the reward model says how good
 * that was, and what was better than usual is made likelier.
 *
 * The *KL term* holds it back: each token's share of the reward is lowered by how much likelier the
 * model has made that token than it was before (the reference). Without it the model finds whatever
 * pleases the reward model most, which is not what pleased the rater.
 *
 * The answers of a step serve for several moves; `usual`, the mean reward, is the baseline that
 * tells good from bad. Source: Williams 1992 (REINFORCE); Ouyang and others 2022 (InstructGPT).
 */
export function* reinforce(
  trainer: Trainer,
  { model, reward, asked, replay }: ReinforceData,
  {
    steps,
    seed,
    rate = 1e-4,
    kl = 0.1,
    temperature = 0.8,
    answers = 4 * BATCH,
    replayed = 2,
  }: ReinforceOptions,
): Generator<Tick> {
  trainer.optimizer.forget();
  const random = randomFrom(seed + 4);
  const reference = new Reference(trainer);
  const { context } = trainer.shape;
  for (let step = 1; step <= steps; step++) {
    const questions = Array.from({ length: answers }, () => pick(random, asked).question);
    const written = model.answer(questions, { temperature, most: 24, seed: seed + 1000 * step });
    const rows = written.map(({ ids, ended }, at) => {
      const row = exampleRow(askingIds(model.tokenizer, questions[at] ?? ""), ids, context);
      // An answer that was cut off did not end: of its end nothing is learnt.
      return ended ? row : { ...row, weights: [...row.weights.slice(0, -1), 0] };
    });
    const rewards = written.map((answer) => reward.reward(model.text(answer)));
    const before = reference.logProbabilities(rows);
    const after = logProbabilities(trainer, rows);
    const usual = sum(rewards) / rewards.length;
    const weighted = rows.map((row, at) => {
      const advantage = (rewards[at] ?? 0) - usual;
      const drift = row.weights.map(
        (_, token) => (after[at]?.[token] ?? 0) - (before[at]?.[token] ?? 0),
      );
      const weights = row.weights.map(
        (weight, token) => (weight * (advantage - kl * (drift[token] ?? 0))) / BATCH,
      );
      return { ...row, weights };
    });
    const size = Math.max(1, BATCH - replayed);
    for (let at = 0; at < weighted.length; at += size) {
      const old = Array.from({ length: replayed }, () => replay(random));
      trainer.load([...weighted.slice(at, at + size), ...old]);
      trainer.predict();
      trainer.learn(rate);
    }
    const tokens = sum(rows.map(({ ids }) => ids.length));
    yield { step, of: steps, value: sum(rewards) / rewards.length, tokens };
  }
}

export interface ReinforceData {
  model: TinyModel;
  reward: RewardModel;
  asked: readonly Asked[];
  /** a row of the text of pre-training, so that the model does not forget it meanwhile */
  replay(random: Random): Row;
}

export interface ReinforceOptions {
  steps: number;
  seed: number;
  rate?: number;
  /** how much a nat of difference to the reference costs; 0 shows the collapse */
  kl?: number;
  temperature?: number;
  /** of a batch's rows, how many are replayed */
  replayed?: number;
  /** answers that are drawn for a step */
  answers?: number;
}
