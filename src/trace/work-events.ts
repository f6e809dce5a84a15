/** How far a piece of work is that takes a while; one goes on at a time. */
export type ProgressEvent =
  | { type: "progress-start"; title: string; of: number; unit: string }
  | { type: "progress-step"; done: number; of: number }
  | { type: "progress-end"; done: number; ms: number };

/** What happens while a model is trained; `stage` tells the trainings of a step apart: "pretraining". */
export type TrainingEvent =
  | {
      type: "training-start";
      stage: string;
      title: string;
      /** what the curve shows: "loss", "reward" … */
      measure: string;
      steps: number;
      parameters: number;
      threads: number;
    }
  | {
      type: "training-step";
      stage: string;
      step: number;
      of: number;
      value: number;
      tokensPerSecond: number;
    }
  /** what the model, as it is at this step, makes of a prompt */
  | { type: "training-sample"; stage: string; step: number; prompt: string; text: string }
  | {
      type: "training-end";
      stage: string;
      /** how many were taken; fewer than planned when it was stopped */
      steps: number;
      ms: number;
      tokensPerSecond: number;
      /** the curve, at even distances over the steps; at most about 100 points */
      values: number[];
      outcome: "done" | "stopped";
    };
