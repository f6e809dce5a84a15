import { wrap } from "../term/text.ts";
import { exerciseLine } from "./exercise-line.ts";
import type { Exercise } from "./exercises.ts";
import type { Progress } from "./progress/record.ts";

/** The exercises by topic; a passed one is marked by a word, which a screen reader reads. */
export function exerciseListLines(
  exercises: readonly Exercise[],
  progress: Progress,
  { width }: { width: number },
): string[] {
  const topics = [...new Set(exercises.map(({ topic }) => topic))];
  return topics.flatMap((topic) => [
    `${topic}:`,
    ...exercises
      .filter((one) => one.topic === topic)
      .flatMap((one) =>
        wrap(exerciseLine(one, progress), width - 4).map((line, at) =>
          at === 0 ? `  ${line}` : `    ${line}`,
        ),
      ),
  ]);
}
