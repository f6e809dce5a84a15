/** What the learner did, as `progress.json` keeps it. Times are ISO 8601. */
export interface Progress {
  version: typeof VERSION;
  /** by id, such as memory/window */
  sections: Record<string, SectionRecord>;
  /** by step, such as memory/window/forgets */
  predictions: Record<string, PredictionRecord>;
  /** by name, such as choose-k */
  exercises: Record<string, ExerciseRecord>;
  /** where the learner stopped */
  here?: { section: string; step: number; at: string };
  /** the exercise that `watch` goes on with */
  exercise?: string;
}

interface SectionRecord {
  /** the furthest step that was shown, from 1 */
  step: number;
  of: number;
  /** when it was first played to its end */
  done?: string;
  last: string;
}

interface PredictionRecord {
  right: number;
  wrong: number;
  /** whether the last answer was right */
  isRight: boolean;
  last: string;
}

export interface ExerciseRecord {
  started: string;
  /** how often it was checked */
  checks: number;
  /** how many hints were shown */
  hints: number;
  passed?: string;
  /** when the solution was shown before the exercise was passed */
  shown?: string;
}

const VERSION = 2;

export const nothingDone = (): Progress => ({
  version: VERSION,
  sections: {},
  predictions: {},
  exercises: {},
});

type Older = Record<string, unknown>;

/** From each older version to the next one, by the older version's number. */
const MIGRATIONS: Record<number, (older: Older) => Older> = {
  // Version 1 knew exercises only, and their tries by another name.
  1: ({ exercises, ...rest }) => ({
    ...rest,
    version: 2,
    sections: {},
    predictions: {},
    exercises: Object.fromEntries(
      Object.entries(exercises as Record<string, Older>).map(([name, { tries, ...one }]) => [
        name,
        { hints: 0, ...one, checks: tries ?? 0 },
      ]),
    ),
  }),
};

/** A newer llm-lab wrote it: nothing may be lost by writing it anew. */
export class NewerVersion extends Error {}

/**
 * A record as it is now, from whatever version wrote it.
 *
 * @throws NewerVersion, or another error for what is not a record
 */
export function progressFrom(text: string): Progress {
  let read: Older = JSON.parse(text);
  if (!isRecord(read) || typeof read.version !== "number") throw new Error("it has no version");
  if (read.version > VERSION) throw new NewerVersion();
  while (read.version !== VERSION) {
    const migrate = MIGRATIONS[read.version as number];
    if (migrate === undefined) throw new Error(`its version is ${read.version}`);
    read = migrate(read);
  }
  checkShape(read);
  return read as unknown as Progress;
}

function checkShape({ sections, predictions, exercises }: Older): void {
  checkEach(sections, "sections", ["step", "of", "last"]);
  checkEach(predictions, "predictions", ["right", "wrong", "isRight", "last"]);
  checkEach(exercises, "exercises", ["started", "checks", "hints"]);
}

function checkEach(part: unknown, name: string, fields: string[]): void {
  if (!isRecord(part)) throw new Error(`its ${name} are not an object`);
  for (const [key, one] of Object.entries(part)) {
    const missing = fields.find((field) => !isRecord(one) || one[field] === undefined);
    if (missing) throw new Error(`${missing} is missing in ${name}, ${key}`);
  }
}

const isRecord = (value: unknown): value is Older =>
  typeof value === "object" && value !== null && !Array.isArray(value);
