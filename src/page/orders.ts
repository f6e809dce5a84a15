import type { Question } from "../stage/port.ts";
import type { LabEvent } from "../trace/events.ts";

/** Steps of a section that are to be played, from one on to another, by their numbers from 1. */
export interface PlayOrder {
  kind: "play";
  /** the name of the run, which comes back with all that is told of it */
  run: string;
  lesson: string;
  section: string;
  first: number;
  last: number;
  /** the params as they were typed */
  params: Record<string, string>;
}

/** The learner's answer to the last question of a run. */
interface AnswerOrder {
  kind: "answer";
  run: string;
  value: string | null;
}

/** What a page tells the player of its steps. */
export type Order = PlayOrder | AnswerOrder;

/** What the player tells its page. */
export type Told =
  | { kind: "event"; run: string; event: LabEvent }
  | { kind: "question"; run: string; question: Question }
  /** the run is over; with the words of what was wrong where it broke */
  | { kind: "end"; run: string; problem?: string };
