import { availableParallelism } from "node:os";
import type { KernelKind } from "../kernels/kernels.ts";
import { packageFile } from "../package-file.ts";
import type { Checkpoint, Stage } from "./checkpoint.ts";
import { makeDocuments } from "./corpus/documents.ts";
import { makePairs, type Pair } from "./corpus/instructions.ts";
import { dpo } from "./dpo.ts";
import { finetune } from "./finetune.ts";
import { PARTS } from "./layout.ts";
import { pretrain, type Tick } from "./pretrain.ts";
import { type Random, randomFrom } from "./random.ts";
import { type Choice, makeChoices, type Rating } from "./ratings.ts";
import { reinforce } from "./reinforce.ts";
import { RewardModel } from "./reward.ts";
import { Stretches } from "./rows.ts";
import { shapeOf } from "./shape.ts";
import { TinyModel } from "./tiny-model.ts";
import { Tokenizer, trainTokenizer } from "./tokenizer.ts";
import { type Row, Trainer } from "./trainer.ts";
import { meanLoss, validationPairs } from "./validation.ts";

/**
 * Steps of each stage that are enough for a model that knows its facts; see `npm run bench:tinylm`.
 */
export const STEPS = { pretrain: 1800, finetune: 350, reinforce: 25, dpo: 40 };
const VOCABULARY = 640;

export interface TrainingOptions {
  seed?: number;
  layers?: number;
  width?: number;
  /** phrasings of each fact in the text, 1 to 6; 1 shows the reversal effect */
  phrasings?: number;
  /** text of the learner's own instead of the one that is made here */
  documents?: string[];
  threads?: number;
  kind?: KernelKind;
  /** a checkpoint to go on from: its tokenizer, its shape, its weights */
  from?: Checkpoint;
}

/**
 * The whole way from nothing to a preferred model, a stage a method: text and tokenizer,
 * pre-training, fine-tuning, choices to rate, and tuning by ratings. A stage gives a Tick for each
 * step; nothing is done between ticks, so a caller may stop.
 */
export class Training {
  readonly seed: number;
  readonly tokenizer: Tokenizer;
  readonly trainer: Trainer;
  readonly model: TinyModel;
  readonly pairs: Pair[];
  readonly #text: Stretches;

  private constructor(of: {
    seed: number;
    tokenizer: Tokenizer;
    trainer: Trainer;
    text: Stretches;
  }) {
    this.seed = of.seed;
    this.tokenizer = of.tokenizer;
    this.trainer = of.trainer;
    this.model = new TinyModel(of.trainer.shape, of.tokenizer, of.trainer.team.layout);
    this.pairs = makePairs({ random: randomFrom(of.seed) });
    this.#text = of.text;
  }

  static async open(options: TrainingOptions = {}): Promise<Training> {
    const { seed = 1, layers, width, phrasings, kind, from } = options;
    const documents = options.documents ?? makeDocuments({ random: randomFrom(seed), phrasings });
    const tokenizer = from ? Tokenizer.from(from) : trainTokenizer(documents, VOCABULARY);
    const shape = from?.shape ?? shapeOf({ vocabulary: tokenizer.size, layers, width });
    const text = new Stretches(documents, tokenizer, shape.context);
    const threads = options.threads ?? Math.min(PARTS, availableParallelism());
    const trainer = await Trainer.open(shape, {
      kind,
      threads,
      worker: packageFile("dist/training-worker.js"),
    });
    const training = new Training({ seed, tokenizer, trainer, text });
    if (from) training.restore(from);
    return training;
  }

  /** how many tokens the text has */
  get tokens(): number {
    return this.#text.length;
  }

  pretrain({ steps = STEPS.pretrain, done = 0 } = {}): Generator<Tick> {
    return pretrain(this.trainer, this.#text, { steps, seed: this.seed, done });
  }

  /**
   * @param replayed rows of each batch that are text of pre-training; 0 shows the forgetting
   * @param count how many of the examples are learnt; few show the overfitting
   */
  finetune({ steps = STEPS.finetune, done = 0, replayed = 4, count = this.pairs.length } = {}) {
    const examples = this.pairs.slice(0, count);
    const data = { examples, replay: this.#text, tokenizer: this.tokenizer };
    return finetune(this.trainer, data, { steps, seed: this.seed, done, replayed });
  }

  /** The loss on the first examples, which `finetune` learns, and on examples about other facts. */
  losses(count: number): { training: number; validation: number } {
    const learnt = this.pairs.slice(0, count);
    const of = (pairs: readonly Pair[]) => meanLoss(this.trainer, this.tokenizer, pairs);
    return { training: of(learnt), validation: of(validationPairs(this.pairs, learnt)) };
  }

  /** Pairs of the model's own answers, for a rater to choose between. */
  choices(count = 40): Choice[] {
    return makeChoices(this.model, this.pairs, { count, seed: this.seed });
  }

  /** RLHF: a reward model from ratings, then reinforcement. */
  reinforce(
    ratings: readonly Rating[],
    { steps = STEPS.reinforce, kl = KL, rate = 1e-4, replayed = 2 } = {},
  ): { reward: RewardModel; ticks: Generator<Tick> } {
    const reward = new RewardModel(this.tokenizer);
    reward.fit(ratings);
    const data = { model: this.model, reward, asked: this.pairs, replay: this.#replay };
    const ticks = reinforce(this.trainer, data, { steps, seed: this.seed, kl, rate, replayed });
    return { reward, ticks };
  }

  /** DPO: the same aim, from the ratings directly. */
  dpo(
    ratings: readonly Rating[],
    { steps = STEPS.dpo, rate = 1e-4, beta = 0.1, replayed = 2 } = {},
  ): Generator<Tick> {
    const data = { ratings, tokenizer: this.tokenizer, replay: this.#replay };
    return dpo(this.trainer, data, { steps, seed: this.seed, rate, beta, replayed });
  }

  /** The model as it is now; with moments if the stage is to be gone on with. */
  checkpoint(
    stage: Stage,
    done: number,
    of: number,
    recipe: Checkpoint["recipe"] = {},
  ): Checkpoint {
    const { alphabet, merges } = this.tokenizer.vocabulary;
    return {
      stage,
      shape: this.trainer.shape,
      alphabet: [...alphabet],
      merges,
      recipe,
      done,
      of,
      weights: this.trainer.weights.slice(),
      moments: done < of ? this.trainer.optimizer.moments : undefined,
    };
  }

  /** Takes weights, and moments where there are, from a checkpoint of this training. */
  restore({ weights, moments }: Checkpoint): void {
    this.trainer.weights.set(weights);
    if (moments) this.trainer.optimizer.moments = moments;
  }

  close(): Promise<void> {
    return this.trainer.close();
  }

  readonly #replay = (random: Random): Row => {
    const row = this.#text.draw(random);
    return { ...row, weights: row.weights.map((weight) => weight / row.ids.length) };
  };
}

const KL = 0.1;
