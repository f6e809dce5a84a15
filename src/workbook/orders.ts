import type { Place, Verdict } from "./verdict.ts";

/** What the process of a check is told. */
export interface CheckOrder {
  order: "check";
  /** path of the exercise's check.ts */
  check: string;
  /** path of the file to check */
  learner: string;
  seed: number;
  /** how many inputs are drawn */
  draws: number;
  /** an empty folder for programs that keep files */
  folder: string;
}

/** What a process is told that stands for a restart: one call of the learner's code. */
export interface CallOrder {
  order: "call";
  learner: string;
  name: string;
  given: object;
  /** fields of the models that the call is handed */
  models: Record<string, object>;
}

/** A reply to a request of a process that was given a call. */
export interface ReplyOrder {
  order: "reply";
  id: number;
  status: number;
  headers: [string, string][];
  body: string;
}

export type Order = CheckOrder | CallOrder | ReplyOrder;

export interface Thrown {
  isError: boolean;
  name: string;
  message: string;
  stack: string;
}

/** What such processes say. */
export type Report =
  | { report: "ready" }
  | { report: "verdict"; verdict: Verdict }
  | { report: "request"; id: number; url: string; headers: [string, string][]; body: string }
  | { report: "returned"; value?: unknown }
  | { report: "thrown"; thrown: Thrown };

/** What the watchdog writes to its pipe: where the code was when its time ran out. */
export interface TimeOut {
  seconds: number;
  /** whether the code was waiting, and not at work */
  isWaiting: boolean;
  place?: Place;
}

/** The pipe of the watchdog: after the standard streams and the channel. */
export const WATCHDOG_PIPE = 4;
