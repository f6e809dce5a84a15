import type { Question } from "../stage/port.ts";
import type { LabEvent } from "../trace/events.ts";

/** Steps of a section that are to be played, from one on to another, by their numbers from 1. */
export interface PlayOrder {
  kind: "play";
  /** the number of the run, which comes back with all that is told of it */
  run: number;
  lesson: string;
  section: string;
  first: number;
  last: number;
  /** the params as they were typed */
  params: Record<string, string>;
  /** milliseconds between the pieces of a reply, 0 if it comes at once */
  paceMs: number;
}

/** What a page tells its worker. */
export type Order = PlayOrder | { kind: "answer"; value: string | null };

/** What the worker tells its page. */
export type Told =
  | { kind: "event"; run: number; event: LabEvent }
  | { kind: "question"; run: number; question: Question }
  /** the run is over; with the words of what was wrong where it broke */
  | { kind: "end"; run: number; problem?: string };
