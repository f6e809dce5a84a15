/** A piece of work that takes a while: a stage of training, reading, embedding, writing. */
export type WorkEvent =
  | {
      type: "work-start";
      /** its name; no other work of that name goes on at the same time */
      work: string;
      /** what it does, in a few words */
      title: string;
      /** how many units there are to do */
      of: number;
      /** the units, in the plural: "steps", "files" */
      unit: string;
      /** what the curve of `value` shows: "loss", "reward" …; without it there is no curve */
      curve?: string;
      /** what `rate` counts a second, in the plural: "tokens" */
      rated?: string;
      /** it is over in a moment: worth a bar while it goes on, and no line afterwards */
      quick?: boolean;
      /** weights of the model that is trained */
      parameters?: number;
      threads?: number;
    }
  | { type: "work-step"; work: string; done: number; of: number; value?: number; rate?: number }
  /** what the model, as it is at this step, makes of a prompt */
  | { type: "work-sample"; work: string; done: number; prompt: string; text: string }
  | {
      type: "work-end";
      work: string;
      /** units that were done; fewer than planned when it was stopped */
      done: number;
      ms: number;
      rate?: number;
      /** the curve, at even distances over the units; at most about 100 points */
      values?: number[];
      outcome: "done" | "stopped";
    };
