import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { countOf } from "../format.ts";
import type { KernelKind } from "../kernels/kernels.ts";
import { shares, verdicts } from "../kits/training/figures.ts";
import {
  answered,
  begun,
  FINETUNING,
  PRETRAINING,
  RLHF,
  type ShownStage,
  showStage,
} from "../kits/training/show.ts";
import { PRICES_AS_OF } from "../model/prices.ts";
import type { Stage as Show } from "../stage/port.ts";
import type { Checkpoint, Stage } from "../tinylm/checkpoint.ts";
import { writeCheckpoint } from "../tinylm/checkpoint-file.ts";
import {
  type BaseReport,
  evaluateBase,
  evaluateTuned,
  type TunedReport,
} from "../tinylm/evaluate.ts";
import { STEPS, Training } from "../tinylm/training.ts";
import { EVENTS_VERSION } from "../trace/events.ts";
import type { Io } from "./io.ts";
import type { OwnText } from "./own-text.ts";
import { type Files, filesIn, lockFolder, unfinished } from "./training-files.ts";

const OFFLINE = {
  endpoint: null,
  model: null,
  why: "on this machine; nothing is sent",
  pricesAsOf: PRICES_AS_OF,
};
/** With fewer tokens a model of this size learns its text by heart in a few hundred steps. */
const FEW_TOKENS = 10_000;
const CURRENCY = "Which currency does Poland have?";

interface TrainSettings {
  seed: number;
  steps: number;
  layers: number;
  width: number;
  threads: number | undefined;
  kind: KernelKind;
}

interface Wish {
  settings: TrainSettings;
  /** text of the learner's own, and the path that it was read from */
  own: OwnText | undefined;
  corpus: string | undefined;
  /** the folder of the checkpoints */
  out: string;
  show: Show;
  io: Io;
}

/**
 * Trains a tiny model from nothing, or goes on with an interrupted training, and writes its
 * checkpoints.
 */
export async function trainInto(wish: Wish): Promise<void> {
  const { settings, own, corpus, out, show, io } = wish;
  const { seed, steps, layers, width } = settings;
  const files = filesIn(out);
  const recipe = {
    ...{ seed, steps, layers, width, corpus: corpus ?? "built-in" },
    // What is trained on may change between an interruption and the next run.
    ...(own && { text: digestOf(own.documents) }),
  };
  const release = lockFolder(files.folder);
  try {
    const earlier = unfinished(files, recipe);
    const training = await Training.open({ ...settings, documents: own?.documents });
    await new TrainingRun(training, { show, io, files, recipe, steps, own }).run(earlier);
    await training.close();
  } finally {
    release();
  }
}

interface Options {
  show: Show;
  io: Io;
  files: Files;
  recipe: Checkpoint["recipe"];
  steps: number;
  own: OwnText | undefined;
}

/** The stages in order: each is shown, kept while it runs, written when it is done. */
class TrainingRun {
  readonly #training: Training;
  readonly #options: Options;

  constructor(training: Training, options: Options) {
    this.#training = training;
    this.#options = options;
  }

  async run(earlier: Checkpoint | undefined): Promise<void> {
    const { own, steps, files, show, io, recipe } = this.#options;
    await show.emit({ type: "run-start", version: EVENTS_VERSION, kind: "train", ...OFFLINE });
    await show.emit({ type: "train-start", folder: files.folder, recipe });
    await this.#tell(earlier);
    if (earlier) this.#training.restore(earlier);
    const done = (stage: Stage) => (earlier?.stage === stage ? earlier.done : 0);
    const shortened = inProportion(STEPS.finetune, steps);
    const training = this.#training;

    if (earlier === undefined || earlier.stage === "base") {
      const ticks = training.pretrain({ steps, done: done("base") });
      const from = done("base");
      await this.#stage("base", { ...PRETRAINING, steps, from, ticks, sample: this.#begun() });
      if (!own) await this.#table("What the base model does", evaluateBase(training.model));
    }
    if (!own) {
      if (earlier?.stage !== "preferred") {
        const ticks = training.finetune({ steps: shortened, done: done("instruct") });
        const sample = answered(training, CURRENCY);
        await this.#stage("instruct", { ...FINETUNING, steps: shortened, ticks, sample });
        await this.#table("What the tuned model does", evaluateTuned(training.model));
      }
      await this.#prefer();
    }
    rmSync(files.progress, { force: true });
    const names = own ? [files.base] : [files.base, files.instruct, files.preferred];
    const use = `llm-lab lesson prompting/base --model tiny:${files.base}`;
    await show.emit({ type: "train-end", files: names, use });
    io.parting = undefined;
  }

  async #prefer(): Promise<void> {
    const training = this.#training;
    const ratings = verdicts(training.choices(), "warm");
    if (ratings.length === 0) {
      const text =
        "The model's answers do not differ in anything that the rater cares for, so there is nothing to prefer. More --steps help.";
      await this.#options.show.emit({ type: "note-shown", text });
      return;
    }
    // A longer reinforcement than usual would only win the style and lose the facts.
    const steps = Math.min(STEPS.reinforce, inProportion(STEPS.reinforce, this.#options.steps));
    const { ticks } = training.reinforce(ratings, { steps });
    const title = `${ratings.length} ratings of one who likes warmth`;
    const sample = answered(training, CURRENCY);
    await this.#stage("preferred", { ...RLHF, title, steps, ticks, sample });
    await this.#table("What the preferred model does", evaluateTuned(training.model));
  }

  /** Shows a stage and writes what came of it; an interrupted one is kept, and ends the run. */
  async #stage(name: Stage, shown: Omit<ShownStage, "keep">): Promise<void> {
    const { show, io, files, recipe } = this.#options;
    const keep = (done: number) => {
      // Reinforcement is short: it begins anew, from the checkpoint before it.
      if (name === "preferred") return;
      writeCheckpoint(files.progress, this.#training.checkpoint(name, done, shown.steps, recipe));
    };
    const isDone = await showStage(
      this.#training,
      { ...shown, keep },
      { emit: show.emit.bind(show), signal: io.signal },
    );
    if (!isDone) {
      io.parting = `Stopped in ${shown.stage}. What was reached is kept in ${this.#options.files.folder}: the same command goes on from there.`;
      io.signal.throwIfAborted();
    }
    const finished = this.#training.checkpoint(name, shown.steps, shown.steps, recipe);
    writeCheckpoint(files[name], finished);
    if (name !== "preferred") writeCheckpoint(files.progress, { ...finished, ...NEXT[name] });
  }

  async #tell(earlier: Checkpoint | undefined): Promise<void> {
    const { own, show } = this.#options;
    const { shape } = this.#training.trainer;
    const text = own
      ? `${countOf(own.files, "file")} of your own${own.isCut ? ", of which the first 64 MB are read" : ""}`
      : "text about 48 countries, quiz lists, tales";
    const lines = [
      `A tiny model from ${text}: ${countOf(this.#training.tokens, "token")}.`,
      `${shape.layers} layers, width ${shape.width}, ${shape.vocabulary} token ids, ${shape.context} tokens of context.`,
    ];
    if (earlier)
      lines.push(
        `Goes on in ${STAGE_NAMES[earlier.stage]} after step ${earlier.done}, where it was stopped.`,
      );
    if (own && this.#training.tokens < FEW_TOKENS)
      lines.push(
        "That is very little text for so many parameters: the model learns it by heart. A loss near 0 then says nothing of how it goes on with other text.",
      );
    if (own?.leftOut) lines.push(own.leftOut);
    if (own)
      lines.push("Text of your own makes a base model: there are no examples to tune it on.");
    await show.emit({ type: "note-shown", text: lines.join("\n") });
  }

  #table(title: string, share: BaseReport | TunedReport): void | Promise<void> {
    const [columns, rows] = shares({ share });
    return this.#options.show.emit({ type: "table-shown", title, columns, rows });
  }

  #begun() {
    const own = this.#options.own?.documents[0]?.split(/\s+/).slice(0, 3).join(" ").slice(0, 40);
    return begun(this.#training, own ?? "What is the capital of France?");
  }
}

function digestOf(documents: readonly string[]): string {
  const hash = createHash("sha256");
  for (const document of documents) hash.update(`${document}\0`);
  return hash.digest("hex").slice(0, 12);
}

/** The steps of a later stage, for a pre-training that is shorter or longer than usual. */
function inProportion(usual: number, pretraining: number): number {
  return Math.max(1, Math.round((usual * pretraining) / STEPS.pretrain));
}

/** What an unfinished run finds when a stage was just done: the next one, at its beginning. */
const NEXT: Record<"base" | "instruct", { stage: Stage; done: number }> = {
  base: { stage: "instruct", done: 0 },
  instruct: { stage: "preferred", done: 0 },
};

const STAGE_NAMES: Record<Stage, string> = {
  base: PRETRAINING.stage,
  instruct: FINETUNING.stage,
  preferred: RLHF.stage,
};
