import type { BaseReport, TunedReport } from "../../tinylm/evaluate.ts";
import type { Choice, Rating } from "../../tinylm/ratings.ts";
import type { WorkEvent } from "../../trace/work-events.ts";

export interface TrainingPort {
  /** stops a training between two of its steps */
  signal: AbortSignal;
  /** the file in which an interrupted training is kept */
  keptAt: string;
  /** threads that compute; as many as the machine runs well without it */
  threads?: number;
  /** Says what is to be said last, when the run was interrupted. */
  part(sentence: string): void;
}

export interface TrainingTools {
  /** Opens a tiny model for training; it is closed with the step. */
  train(options?: TraineeOptions): Promise<Trainee>;
  /**
   * Shows how the training of a model goes: a start, steps, samples, an end. Ten steps a second are
   * enough.
   */
  progress(event: WorkEvent): Promise<void>;
}

/** The loss on the examples that are learnt, and on others, after a number of steps. */
export interface Losses {
  step: number;
  training: number;
  validation: number;
}

export interface TraineeOptions {
  seed?: number;
  /** phrasings of each fact in the text, 1 to 6 */
  phrasings?: number;
  /** the state of the shipped model to start from; nothing: from random weights */
  from?: "base" | "instruct";
  /** whether a training that was interrupted goes on where it stopped */
  resume?: boolean;
}

/** A tiny language model that this machine trains, stage by stage, while the learner watches. */
export interface Trainee {
  pretrain(options?: { steps?: number }): Promise<void>;
  finetune(options?: { steps?: number; replayed?: number }): Promise<void>;
  /**
   * Fine-tunes on a few of the examples only; gives both losses, before it and eight times on the
   * way.
   */
  memorise(options: { count: number; steps: number }): Promise<Losses[]>;
  /** pairs of its own answers to one question, for somebody to rate */
  choices(count?: number): Choice[];
  /** RLHF, from ratings; gives the reward model's worth of each token, the best first */
  reinforce(
    ratings: Rating[],
    options?: { steps?: number; kl?: number; rate?: number; replayed?: number },
  ): Promise<{ token: string; worth: number }[]>;
  dpo(
    ratings: Rating[],
    options?: { steps?: number; rate?: number; replayed?: number },
  ): Promise<void>;
  /** figures on held-out questions: of a model that continues, of one that answers */
  continues(): BaseReport;
  answers(): TunedReport;
  /** Writes it down; gives the name by which `complete` finds it. */
  save(name: string): string;
  /** Goes back to what was saved under a name. */
  back(name: string): void;
  close(): Promise<void>;
}
