/** A line of a file. */
export interface Place {
  file: string;
  line: number;
}

/** A request to a model, as it was read off the wire. */
export interface SentPrompt {
  messages: { role: string; text: string; calls?: { name: string; arguments: string }[] }[];
  /** names of the tools that the model may call */
  tools?: string[];
  /** the name of the JSON schema that the reply must have */
  schema?: string;
}

/**
 * What makes a prompt differ from what was expected: a text that is not in it, or should not be.
 */
export interface Difference {
  /** which request, from 1 */
  request: number;
  missing?: string;
  unwanted?: string;
}

export type Outcome =
  | { outcome: "passed"; remark?: string }
  /** the code ran, and did something else than the task asks for */
  | { outcome: "failed"; says: string; difference?: Difference }
  /** the learner's code threw, ended the process, or could not be loaded */
  | { outcome: "broken"; says: string; place?: Place }
  | { outcome: "timeout"; says: string; place?: Place }
  /** the check itself failed: our fault, never the learner's */
  | { outcome: "bug"; says: string; detail: string };

/** What a check found. */
export type Verdict = Outcome & {
  seed: number;
  /** the input that it was found with, as the learner's function was given it */
  given?: string;
  sent: SentPrompt[];
  /** what the learner's code printed, its beginning */
  printed: string;
};
