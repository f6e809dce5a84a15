import { relative } from "node:path";
import { print } from "../run/io.ts";
import { openProgress } from "./learner.ts";
import { verb } from "./verb.ts";

/** Puts an exercise back as it was at the beginning, and keeps a copy of the learner's file. */
export const reset = verb({
  name: "reset",
  summary: "begin an exercise again; your file is kept as a copy",
  argument: { spec: "[exercise]", help: "its name or number; where you stopped without it" },
  flags: {},
  async run([asked], _options, io) {
    const { exerciseAtHand, readExercises } = await import("../workbook/exercises.ts");
    const { findFolder, resetFile } = await import("../workbook/folder.ts");
    const exercises = readExercises();
    const exercise = exerciseAtHand(asked, exercises, openProgress().read().exercise);
    const folder = findFolder(process.cwd(), exercises);
    const copy = resetFile(folder, exercise);
    const pathOf = (file: string) => relative(process.cwd(), file);
    const kept = copy === undefined ? "" : ` Yours is kept as ${pathOf(copy)}.`;
    print(io, `${pathOf(folder.fileOf(exercise))} is as it was at the beginning.${kept}\n`);
    return 0;
  },
});
