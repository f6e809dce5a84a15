import type { Exercise } from "./exercises.ts";
import type { Progress } from "./progress/record.ts";

/** An exercise in a list; what was done is told by words, which a screen reader reads. */
export function exerciseLine({ number, name, title }: Exercise, progress: Progress): string {
  const record = progress.exercises[name];
  const isHere = progress.exercise === name;
  const state = record?.passed ? " (passed)" : isHere ? " (you are here)" : "";
  return `${number} ${name}: ${title}${state}`;
}
