import type { Emit } from "../trace/events.ts";

export type Move = "next" | "again" | "back" | "edit" | "ask" | "write" | "quit";

/** What a stage may be asked. A stage that cannot ask answers with the fallback. */
export type Question =
  /** where to go: before a step runs (`next` runs it), after it, or after it failed */
  | { kind: "move"; at: "before" | "after" | "failed"; choices: Move[]; fallback: Move }
  /**
   * one of several; where they are numbers (`numeric`), a digit means the number and not its place;
   * Enter alone takes `start`, or nothing where there is no such choice
   */
  | {
      kind: "choice";
      question: string;
      choices: string[];
      numeric?: boolean;
      start?: string;
      fallback: null;
    }
  /** a line of text; null when the learner gives up; the up key brings back the earlier, newest first */
  | {
      kind: "text";
      question: string;
      initial?: string;
      earlier?: readonly string[];
      fallback: null;
    };

export type Answer =
  | { value: string; by: "learner" | "list" }
  /** `quits` where the learner leaves instead of answering */
  | { value: null; by: "nobody"; quits?: true };

/** Shows a run and, where it can, asks. */
export interface Stage {
  /** whether a person is there who can be asked */
  readonly interactive: boolean;
  /** whether it shows replies as they come */
  readonly wantsTokens: boolean;
  /** Shows an event; a promise holds the run until it is shown. */
  emit: Emit;
  ask(question: Question): Promise<Answer>;
  /** Leaves the terminal as it was. */
  close(): Promise<void>;
}
