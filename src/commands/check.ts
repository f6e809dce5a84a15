import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { jsonOf } from "../clean.ts";
import { exerciseEnvironment } from "../config.ts";
import { LabError } from "../errors.ts";
import { choice, integer } from "../lesson/params.ts";
import { flag, optional, toggle } from "../run/flag.ts";
import { type Io, print, printStyled } from "../run/io.ts";
import type { Exercise } from "../workbook/exercises.ts";
import type { Checked } from "../workbook/reports.ts";
import { openPage, openProgress, tellNotice } from "./learner.ts";
import { verb } from "./verb.ts";

const MOST = 2 ** 31 - 1;

/** Checks exercises, and says what was found. */
export const check = verb({
  name: "check",
  summary: "check your code for an exercise, or for all",
  argument: {
    spec: "[exercise]",
    help: "its name or number, or a file; where you stopped without it",
  },
  flags: {
    all: toggle("--all", "all exercises of the folder; your progress is not changed"),
    format: flag(
      "--format <format>",
      choice({ default: "text", choices: ["text", "json", "junit"], help: "text, json or junit" }),
    ),
    seed: optional(
      "--seed <number>",
      integer({ default: 1, min: 0, max: MOST, help: "draw the same input again" }),
    ),
  },
  async run([asked], { all, format, seed }, io) {
    if (all && asked !== undefined)
      throw new LabError(`Either --all or ${asked}`, "Leave out one of the two.", 2);
    const { checkFile } = await import("../workbook/run-check.ts");
    const { inParallel } = await import("../workbook/parallel.ts");
    const chosen = await chooseFiles(asked, all);
    const env = exerciseEnvironment();
    const checked = await inParallel(chosen, availableParallelism(), async (one) => {
      const given = seed ?? Math.floor(Math.random() * MOST);
      return { ...one, verdict: await checkFile({ ...one, seed: given, env }) };
    });
    if (!all && isOwn(asked)) await keep(checked, io);
    await report(checked, format, io);
    return checked.every(({ verdict }) => verdict.outcome === "passed") ? 0 : 1;
  },
});

/** Whether an exercise was named, and not some file: only that is the learner's progress. */
const isOwn = (asked: string | undefined) => asked === undefined || !isFile(asked);
const isFile = (asked: string) => /[\\/]|\.ts$/.test(asked) && existsSync(asked);

async function chooseFiles(
  asked: string | undefined,
  all: boolean,
): Promise<{ exercise: Exercise; file: string }[]> {
  const { exerciseAt, exerciseAtHand, readExercises } = await import("../workbook/exercises.ts");
  const { findFolder } = await import("../workbook/folder.ts");
  const exercises = readExercises();
  if (asked !== undefined && isFile(asked))
    return [{ exercise: exerciseAt(resolve(asked), exercises), file: resolve(asked) }];
  const folder = findFolder(process.cwd(), exercises);
  const here = all ? undefined : openProgress().read().exercise;
  const chosen = all ? exercises : [exerciseAtHand(asked, exercises, here)];
  return chosen.map((exercise) => {
    const file = folder.fileOf(exercise);
    if (!existsSync(file) && !all)
      throw new LabError(`There is no ${file}`, `llm-lab reset ${exercise.name} brings it back.`);
    return { exercise, file };
  });
}

async function keep(checked: Checked[], io: Io): Promise<void> {
  const { recordOf } = await import("../workbook/progress/done.ts");
  const file = openProgress();
  const now = io.now().toISOString();
  await file.update((progress) => {
    for (const { exercise, verdict } of checked) {
      const record = recordOf(progress, exercise.name, now);
      record.checks += 1;
      if (verdict.outcome === "passed") record.passed ??= now;
      progress.exercise = exercise.name;
    }
  });
  tellNotice(file, io);
}

async function report(checked: Checked[], format: string, io: Io): Promise<void> {
  const { checkedJson, checkedJunit, checkedLines } = await import("../workbook/reports.ts");
  if (format === "json") return print(io, `${jsonOf(checkedJson(checked), 2)}\n`);
  if (format === "junit") return print(io, checkedJunit(checked));
  printStyled(io, checkedLines(checked, await openPage(io)));
}
