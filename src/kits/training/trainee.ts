import { existsSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../../plain-file.ts";
import type { Checkpoint, Stage } from "../../tinylm/checkpoint.ts";
import { readCheckpoint, writeCheckpoint } from "../../tinylm/checkpoint-file.ts";
import { evaluateBase, evaluateTuned } from "../../tinylm/evaluate.ts";
import type { Tick } from "../../tinylm/pretrain.ts";
import { shippedCheckpoint } from "../../tinylm/shipped.ts";
import { STEPS, Training } from "../../tinylm/training.ts";
import type { Emit } from "../../trace/events.ts";
import {
  answered,
  begun,
  FINETUNING,
  goesOn,
  PRETRAINING,
  RLHF,
  type ShownStage,
  showStage,
} from "./show.ts";
import type { Losses, Trainee, TraineeOptions, TrainingPort } from "./tools.ts";

interface Surroundings extends TrainingPort {
  emit: Emit;
  /** The path of a file that goes with the step. */
  file(name: string): string;
  /** nothing is trained: for an estimate of what a run will cost, which training does not change */
  isIdle?: boolean;
}

const CAPITAL = "What is the capital of France?";
const CURRENCY = "Which currency does Poland have?";

/** Opens a tiny model for a lesson to train; its stages are shown as they go. */
export async function openTrainee(
  options: TraineeOptions,
  { emit, file, signal, keptAt, threads, part, isIdle = false }: Surroundings,
): Promise<Trainee> {
  const { seed = 1, phrasings = 6, from = isIdle ? "instruct" : undefined } = options;
  const resume = options.resume && !isIdle;
  const training = await Training.open({
    seed,
    phrasings,
    threads: isIdle ? 1 : threads,
    from: from === undefined ? undefined : shippedCheckpoint(from),
  });
  const saved = new Map<string, Checkpoint>();
  const { model } = training;
  let stage: Stage = from ?? "base";

  const show = async (shown: ShownStage) => {
    if (isIdle) return;
    const isDone = await showStage(training, shown, { emit, signal });
    if (!isDone) signal.throwIfAborted();
  };
  /**
   * The stages that take long are kept now and then, and gone on with by the next run of the same.
   */
  const kept = (name: Stage, steps: number) => {
    const recipe = { stage: name, seed, steps, phrasings };
    const earlier = resume && existsSync(keptAt) ? readKept(keptAt) : undefined;
    const done = earlier && goesOn(earlier, recipe) ? earlier.done : 0;
    if (earlier && done > 0) training.restore(earlier);
    const keep = (at: number) => {
      makeFolder(dirname(keptAt));
      writeCheckpoint(keptAt, training.checkpoint(name, at, steps, recipe));
      if (signal.aborted)
        part(`Stopped at step ${at} of ${steps}. It is kept: the same lesson goes on from there.`);
    };
    return { done, keep: resume ? keep : undefined };
  };
  const forget = () => {
    if (resume) rmSync(keptAt, { force: true });
  };

  return {
    async pretrain({ steps = STEPS.pretrain } = {}) {
      stage = "base";
      const { done, keep } = kept("base", steps);
      if (done > 0)
        await emit({
          type: "note-shown",
          text: `  Goes on from step ${done} of ${steps}, where an earlier run was stopped.`,
        });
      const sample = begun(training, CAPITAL);
      const ticks = training.pretrain({ steps, done });
      await show({ ...PRETRAINING, steps, from: done, ticks, sample, keep });
      forget();
    },
    async finetune({ steps = STEPS.finetune, replayed } = {}) {
      stage = "instruct";
      const ticks = training.finetune({ steps, replayed });
      await show({ ...FINETUNING, steps, ticks, sample: answered(training, CAPITAL) });
    },
    async memorise({ count, steps }) {
      stage = "instruct";
      const losses: Losses[] = [];
      const ticks = eighths(training.finetune({ steps, count, replayed: 0 }), (step) =>
        losses.push({ step, ...training.losses(count) }),
      );
      await show({ ...FINETUNING, steps, ticks, sample: answered(training, CAPITAL) });
      return losses;
    },
    choices: (count) => training.choices(count),
    async reinforce(ratings, { steps = STEPS.reinforce, ...how } = {}) {
      stage = "preferred";
      const { reward, ticks } = training.reinforce(ratings, { steps, ...how });
      const sample = answered(training, CURRENCY);
      await show({ ...RLHF, steps, ticks, sample });
      return reward.worth();
    },
    async dpo(ratings, { steps = STEPS.dpo, ...how } = {}) {
      stage = "preferred";
      const ticks = training.dpo(ratings, { steps, ...how });
      const sample = answered(training, CURRENCY);
      await show({
        stage: "DPO",
        title: "the preferred answer above the other",
        measure: "loss",
        steps,
        ticks,
        sample,
      });
    },
    continues: () => evaluateBase(model),
    answers: () => evaluateTuned(model),
    save(name) {
      const path = file(`${name}.ckpt`);
      const checkpoint = training.checkpoint(stage, 1, 1, { seed });
      saved.set(name, checkpoint);
      writeCheckpoint(path, checkpoint);
      return `tiny:${path}`;
    },
    back(name) {
      const checkpoint = saved.get(name);
      if (!checkpoint) throw new Error(`nothing was saved as ${name}`);
      training.restore(checkpoint);
      stage = checkpoint.stage;
    },
    close: () => training.close(),
  };
}

/** The same ticks; calls before the first, eight times on the way, and after the last. */
function* eighths(ticks: Iterable<Tick>, call: (step: number) => void): Generator<Tick> {
  call(0);
  for (const tick of ticks) {
    if (tick.step % Math.ceil(tick.of / 8) === 0 || tick.step === tick.of) call(tick.step);
    yield tick;
  }
}

/**
 * What an interrupted run kept; a file that cannot be used is as good as none, since it is only for
 * going on.
 */
function readKept(path: string): Checkpoint | undefined {
  try {
    return readCheckpoint(path);
  } catch {
    return undefined;
  }
}
