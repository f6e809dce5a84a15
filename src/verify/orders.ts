import type { Fault } from "../model/fault.ts";

/** A section to play, as it is sent to a process of `verify`. */
export interface Order {
  lesson: string;
  /** its name in the lesson: "window" */
  section: string;
  /** whether slow steps are played, too, and params have their defaults where they take long */
  isFull: boolean;
  /** how replies are spoilt, to see that somebody notices */
  fault?: Fault;
  /** the tape that answers */
  replay?: string;
  /** the path of the program, for sections that start it */
  program?: string;
}

/** What came of playing a section. */
export interface SectionReport {
  /** "memory/window" */
  section: string;
  /** its file, from the root of the project */
  file: string;
  ms: number;
  outcomes: Outcome[];
  /** steps that did not come to their end */
  stops: Stop[];
  /** slow steps that were not played */
  left: number;
}

/** One promise of a step, and whether it was kept. */
export interface Outcome extends Place {
  /** "memory/window/forgets" */
  step: string;
  claim: string;
  /** what is so instead; undefined where the promise was kept */
  instead?: string;
}

export interface Stop extends Place {
  /** the step, or the section where none was reached */
  step: string;
  /** what stopped it */
  says: string;
}

interface Place {
  /** from the root of the project */
  file: string;
  /** from 1 */
  line: number;
}

/** Whether all that the section promises was shown. */
export const isKept = ({ outcomes, stops }: SectionReport): boolean =>
  stops.length === 0 && outcomes.every(({ instead }) => instead === undefined);
