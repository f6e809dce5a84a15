import type { Tick } from "./pretrain.ts";
import { type Random, randomFrom, shuffled } from "./random.ts";
import { askingIds, exampleRow, Packer, type Stretches } from "./rows.ts";
import { rateAt } from "./schedule.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { BATCH, type Row, type Trainer } from "./trainer.ts";

/** An example of what is wanted: what is asked, and a good answer. */
interface Example {
  question: string;
  answer: string;
}

/**
 * Supervised fine-tuning: from a base model to one that answers, by showing it questions with
 * answers.
 *
 * The loss is masked: only the tokens of answers count, so the model learns to answer, not to ask
 * (rows.ts, `exampleRow`). Half of each batch is text of pre-training, *replayed*, because a model
 * that is shown nothing but examples forgets what it knew.
 */
export function* finetune(
  trainer: Trainer,
  { examples, replay, tokenizer }: FinetuneData,
  { steps, seed, rate = 0.0015, replayed = 4, done = 0 }: FinetuneOptions,
): Generator<Tick> {
  if (done === 0) trainer.optimizer.forget();
  const random = randomFrom(seed + 2);
  const { context } = trainer.shape;
  const rows = forever(examples, random, ({ question, answer }) =>
    exampleRow(askingIds(tokenizer, question), tokenizer.encode(answer), context),
  );
  const packer = new Packer(rows, context);
  for (let step = 1; step <= steps; step++) {
    const shown = Array.from({ length: BATCH - replayed }, () => packer.row());
    const old = Array.from({ length: replayed }, () => replay.draw(random));
    if (step <= done) continue;
    const value = trainer.step(balance(shown, old), rate * rateAt(step, steps));
    yield { step, of: steps, value };
  }
}

/**
 * The tokens of answers are few beside those of replayed rows; both sides are to count the same.
 */
function balance(shown: Row[], old: Row[]): Row[] {
  const count = (rows: Row[]) =>
    rows.reduce((sum, { weights }) => sum + weights.filter((weight) => weight > 0).length, 0);
  const share = old.length === 0 ? 1 : count(old) / Math.max(1, count(shown));
  return [...shown.map((row) => ({ ...row, weights: row.weights.map((w) => w * share) })), ...old];
}

/** The examples as rows, in a new order each time round. */
function* forever<T>(
  items: readonly T[],
  random: Random,
  make: (item: T) => Row,
): Generator<Row, never> {
  for (;;) for (const item of shuffled(random, items)) yield make(item);
}

export interface FinetuneData {
  examples: readonly Example[];
  replay: Stretches;
  tokenizer: Tokenizer;
}

export interface FinetuneOptions {
  steps: number;
  seed: number;
  rate?: number;
  /** how many of a batch's rows are text of pre-training; 0 shows the forgetting */
  replayed?: number;
  /** steps that the trainer has behind it already, when training goes on */
  done?: number;
}
