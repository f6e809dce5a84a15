import titles from "lab:titles";
import { curriculum, needs } from "../../lessons/index.ts";
import { type Io, print } from "../run/io.ts";
import { exerciseLine } from "../workbook/exercise-line.ts";
import { type Exercise, readExercises } from "../workbook/exercises.ts";
import { stateOf } from "../workbook/progress/needs.ts";
import type { Progress } from "../workbook/progress/record.ts";
import { doneIn, oneLine, type Summary, summaryOf } from "../workbook/progress/summary.ts";
import { openProgress, tellNotice } from "./learner.ts";
import { verb } from "./verb.ts";

/** Prints the lessons with their sections and exercises. */
export const list = verb({
  name: "list",
  summary: "list the lessons, their sections and exercises",
  flags: {},
  async run(_words, _options, io) {
    printLessons(io);
    return 0;
  },
});

export function printLessons(io: Io): void {
  const file = openProgress();
  const progress = file.read();
  tellNotice(file, io);
  const exercises = readExercises();
  const width = Math.min(io.stdout.columns ?? 80, 100);
  const summary = summaryOf(progress, curriculum, exercises);
  const lines = [lessonList(width, progress, exercises, summary)];
  if (summary.sections.done + summary.exercises.passed > 0)
    lines.push("", ...wrap(oneLine(summary).split(" "), width, ""));
  print(io, `${lines.join("\n")}\n`);
}

/** The curriculum as text of at most `width` columns, with what was done. */
function lessonList(
  width: number,
  progress: Progress,
  exercises: Exercise[],
  summary: Summary,
): string {
  const done = doneIn(summary);
  const lessons = curriculum.flatMap(({ id, title, about, sections }) => [
    ...wrap(`${id}: ${title}, ${about}.`.split(" "), width, "    ").map((line, at) =>
      at === 0 ? line : `    ${line}`,
    ),
    ...sections.flatMap((section) => {
      const name = `${id}/${section}`;
      const state = stateOf(name, needs, progress, done);
      return indented(`${name}: ${titles[name]}${state}`, width);
    }),
    ...exercises
      .filter(({ topic }) => topic === id)
      .flatMap((one) => indented(`exercise ${exerciseLine(one, progress)}`, width)),
    "",
  ]);
  return [
    ...lessons,
    ...wrap(["Play", "one:", "llm-lab", "lesson", `${curriculum[0]?.id}`], width, ""),
  ].join("\n");
}

function indented(text: string, width: number): string[] {
  return wrap(text.split(" "), width - 4, "  ").map((line, at) =>
    at === 0 ? `    ${line}` : `      ${line}`,
  );
}

/** Words to lines; its own six lines, because `list` must start at once and the words are ours. */
function wrap(words: string[], width: number, indent: string): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const room = width - (lines.length > 1 ? indent.length : 0);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
