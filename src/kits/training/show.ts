import type { Checkpoint } from "../../tinylm/checkpoint.ts";
import type { Tick } from "../../tinylm/pretrain.ts";
import { BATCH } from "../../tinylm/trainer.ts";
import type { Training } from "../../tinylm/training.ts";
import type { Emit } from "../../trace/events.ts";

/** A stage of training as it is shown. */
export interface ShownStage {
  stage: string;
  title: string;
  /** what the curve shows: "loss", "reward" */
  measure: string;
  steps: number;
  /** steps that an earlier run has done */
  from?: number;
  ticks: Generator<Tick>;
  /** texts that the model begins or answers now and then, so that one sees what it has learnt */
  sample?: () => { prompt: string; text: string };
  /** called every so often, and when the stage is stopped, with the steps that are done */
  keep?: (done: number) => void;
}

/** What each stage is called, and what its curve shows: the same in a lesson and outside. */
export const PRETRAINING = {
  stage: "pre-training",
  title: "the next token, of a lot of text",
  measure: "loss",
};
export const FINETUNING = {
  stage: "fine-tuning",
  title: "questions with their answers",
  measure: "loss",
};
export const RLHF = {
  stage: "RLHF",
  title: "answers that the reward model likes",
  measure: "reward",
};

/** How the model, as it is when asked, goes on with a text. */
export const begun =
  ({ model, tokenizer }: Training, prompt: string) =>
  () => {
    const [written] = model.continue([prompt], { temperature: 0.7, most: 20, seed: 1 });
    return { prompt, text: written ? tokenizer.decode(written.ids) : "" };
  };

/** How the model, as it is when asked, answers a question. */
export const answered =
  ({ model }: Training, prompt: string) =>
  () => {
    const [written] = model.answer([prompt], { temperature: 0, most: 28, seed: 1 });
    return { prompt, text: written ? model.text(written) : "" };
  };

/** How many points of a curve are told; each step's figure goes into one of them. */
const POINTS = 100;
/** Steps after which a sample shows the most: in the first hundred, noise becomes words. */
const EARLY = [10, 30, 100];
/** How often a stage is kept, in steps. */
const KEEP_EVERY = 200;

/**
 * Runs a stage and tells of it, leaving the thread free between steps. It stops between two steps when the signal is aborted,
 * after what was reached has been kept; true if it came to its end.
 */
export async function showStage(
  training: Training,
  { stage, title, measure, steps, from = 0, ticks, sample, keep }: ShownStage,
  { emit, signal }: { emit: Emit; signal: AbortSignal },
): Promise<boolean> {
  const { threads } = training.trainer.team;
  const parameters = training.trainer.weights.length;
  await emit({
    type: "work-start",
    work: stage,
    title,
    of: steps,
    unit: "steps",
    curve: measure,
    rated: "tokens",
    parameters,
    threads,
  });
  const batch = BATCH * training.trainer.shape.context;
  let tokens = 0;
  const started = performance.now();
  const values: number[] = [];
  let done = 0;
  let said: string | undefined;
  /** Shows what the model says now, if it is new; at the end in any case. */
  const tellSample = async (at: number, isLast = false) => {
    const now = sample?.();
    if (!now || (now.text === said && !isLast)) return;
    said = now.text;
    await emit({ type: "work-sample", work: stage, done: at, ...now });
  };
  const speed = () => (tokens * 1000) / Math.max(1, performance.now() - started);
  // What is gone on with has shown its beginning before.
  if (from === 0) await tellSample(0);
  for (const { step, of, value, tokens: worked = batch } of ticks) {
    done = step;
    tokens += worked;
    values.push(value);
    const isLast = step === of;
    if (isLast || step % Math.ceil(of / POINTS) === 0) {
      const mean = meanOf(values.slice(-Math.ceil(of / POINTS)));
      await emit({ type: "work-step", work: stage, done, of, value: mean, rate: speed() });
    }
    if (isLast || EARLY.includes(step) || step % Math.ceil(of / 5) === 0)
      await tellSample(step, isLast);
    if (keep && !isLast && step % KEEP_EVERY === 0) keep(step);
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) break;
  }
  const isDone = done >= steps;
  if (!isDone) keep?.(done);
  const ms = performance.now() - started;
  const outcome = isDone ? "done" : "stopped";
  const shown = resample(values);
  await emit({
    type: "work-end",
    work: stage,
    done,
    ms,
    rate: speed(),
    values: shown,
    outcome,
  });
  return isDone;
}

/** Means of stretches, POINTS of them. */
function resample(values: number[]): number[] {
  const size = Math.max(1, Math.ceil(values.length / POINTS));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) =>
    meanOf(values.slice(at * size, (at + 1) * size)),
  );
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Whether a checkpoint is an unfinished one of the same recipe, so that training can go on from it. */
export function goesOn(kept: Checkpoint, recipe: Checkpoint["recipe"]): boolean {
  const names = new Set([...Object.keys(kept.recipe), ...Object.keys(recipe)]);
  return [...names].every((name) => kept.recipe[name] === recipe[name]);
}
