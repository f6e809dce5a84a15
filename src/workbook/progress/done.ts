import type { ExerciseRecord, Progress } from "./record.ts";

/** The record of an exercise, begun if there is none. */
export function recordOf(progress: Progress, name: string, now: string): ExerciseRecord {
  progress.exercises[name] ??= { started: now, checks: 0, hints: 0 };
  return progress.exercises[name];
}

/** Whether the solution may be seen: after passing, or after three hints. */
export function maySeeSolution(record: ExerciseRecord | undefined): boolean {
  return record?.passed !== undefined || (record?.hints ?? 0) >= HINTS;
}

export const HINTS = 3;

/**
 * Whether a topic counts as done: its last exercise was passed, or all of its sections were played.
 *
 * @param topic its sections' ids, and its exercises' names in order
 */
export function isTopicDone(
  topic: { sections: readonly string[]; exercises: readonly string[] },
  progress: Progress,
): boolean {
  const last = topic.exercises.at(-1);
  if (last !== undefined && progress.exercises[last]?.passed) return true;
  return topic.sections.every((id) => progress.sections[id]?.done !== undefined);
}
