import type { Pair } from "./corpus/instructions.ts";
import { askingIds, exampleRow } from "./rows.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { BATCH, type Trainer } from "./trainer.ts";

/** How many examples a validation loss is measured on. */
const MOST = 160;

/**
 * Examples about facts that stand in no learnt example, in whatever phrasing: with the same fact
 * on both sides, a model that knows its examples by heart would seem to know the others too.
 */
export function validationPairs(pairs: readonly Pair[], learnt: readonly Pair[]): Pair[] {
  const keyOf = ({ about }: Pair) => about && `${about.attribute} of ${about.country}`;
  const known = new Set(learnt.map(keyOf));
  return pairs.filter((pair) => pair.about && !known.has(keyOf(pair))).slice(0, MOST);
}

/** The mean loss of the answers' tokens; nothing is learnt. */
export function meanLoss(trainer: Trainer, tokenizer: Tokenizer, pairs: readonly Pair[]): number {
  const rows = pairs.map(({ question, answer }) =>
    exampleRow(askingIds(tokenizer, question), tokenizer.encode(answer), trainer.shape.context),
  );
  let [sum, count] = [0, 0];
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    trainer.load(batch);
    trainer.predict();
    for (const [at, losses] of trainer.losses().entries())
      for (const [token, weight] of Array.from(batch[at]?.weights ?? []).entries()) {
        sum += weight * (losses[token] ?? 0);
        count += weight;
      }
  }
  return sum / Math.max(1, count);
}
