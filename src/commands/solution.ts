import { LabError } from "../errors.ts";
import { print } from "../run/io.ts";
import { openProgress, tellNotice } from "./learner.ts";
import { verb } from "./verb.ts";

/** Prints a solution, for those who passed or have seen all hints. */
export const solution = verb({
  name: "solution",
  summary: "print a solution, after passing or after three hints",
  argument: { spec: "[exercise]", help: "its name or number; where you stopped without it" },
  flags: {},
  async run([asked], _options, io) {
    const { exerciseAtHand, readExercises } = await import("../workbook/exercises.ts");
    const { readSolution } = await import("../workbook/hints.ts");
    const { HINTS, maySeeSolution, recordOf } = await import("../workbook/progress/done.ts");
    const file = openProgress();
    const before = file.read();
    const exercise = exerciseAtHand(asked, readExercises(), before.exercise);
    const { name } = exercise;
    tellNotice(file, io);
    if (!maySeeSolution(before.exercises[name]))
      throw new LabError(
        `The solution of ${name} can be seen after passing, or after ${HINTS} hints`,
        `llm-lab hint ${name} shows the next hint.`,
      );
    await file.update((progress) => {
      const record = recordOf(progress, name, io.now().toISOString());
      if (record.passed === undefined) record.shown ??= io.now().toISOString();
    });
    print(io, `${readSolution(exercise)}\n`);
    return 0;
  },
});
