import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LabError } from "../errors.ts";
import { packageFile } from "../package-file.ts";
import { suggest } from "../suggest.ts";

/** What `exercise.json` says, and where the exercise is. */
export interface Exercise {
  /** its place in the list, from 1 */
  number: number;
  /** such as choose-k */
  name: string;
  /** its folder in this package, such as /…/exercises/08-choose-k */
  folder: string;
  title: string;
  /** the task in one line */
  task: string;
  /** the lesson that it belongs to, by id */
  topic: string;
  /** the learner's file, such as choose-k.ts */
  file: string;
  /** other files that the learner is given, such as prices.csv */
  files: string[];
  /** ideas that the learner can use afterwards; other exercises need them by these names */
  teaches: string[];
  /** sections of lessons (memory/window), and what earlier exercises teach */
  needs: string[];
  /** what a learner may wonder about, and is left to later */
  leavesOut: string[];
}

/** All exercises, in order. Reads one small file each. */
export function readExercises(all = fileURLToPath(packageFile("exercises/"))): Exercise[] {
  return readdirSync(all, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map(({ name }) => readExercise(join(all, name), name))
    .sort((one, other) => one.number - other.number);
}

function readExercise(folder: string, name: string): Exercise {
  const [, number, rest = ""] = /^(\d\d)-(.+)$/.exec(name) ?? [];
  const told = JSON.parse(readFileSync(join(folder, "exercise.json"), "utf8"));
  return { number: Number(number), name: rest, folder, file: `${rest}.ts`, files: [], ...told };
}

/**
 * The exercise that a learner names: 8, choose-k, 08-choose-k or its file.
 *
 * @throws LabError with exit code 2 where there is none
 */
export function findExercise(asked: string, all: readonly Exercise[]): Exercise {
  const [bare = ""] = asked.replaceAll("\\", "/").split("/").slice(-1);
  const name = bare.replace(/\.ts$/, "").replace(/^0*(\d+)-/, "");
  const found = all.find(
    (one) => one.name === name || String(one.number) === name.replace(/^0+/, ""),
  );
  if (found) return found;
  const near = suggest(
    name,
    all.map((one) => one.name),
  );
  throw new LabError(
    `There is no exercise ${JSON.stringify(asked)}`,
    near.trim() || "llm-lab list shows the exercises.",
    2,
  );
}

/**
 * The exercise that a file is for, by the folder that it is in, such as 08-choose-k.
 *
 * @throws LabError with exit code 2 where there is none
 */
export function exerciseAt(file: string, all: readonly Exercise[]): Exercise {
  const folders = file.replaceAll("\\", "/").split("/").slice(0, -1).reverse();
  const found = folders.find((name) => /^\d\d-/.test(name));
  if (found !== undefined) return findExercise(found, all);
  throw new LabError(
    `${file} is not in the folder of an exercise`,
    "Give the name of an exercise instead; llm-lab list shows them.",
    2,
  );
}

/**
 * The exercise that a command is about: the one named, or the one that the learner is at.
 *
 * @param here the name in the learner's progress
 */
export function exerciseAtHand(
  asked: string | undefined,
  all: readonly Exercise[],
  here: string | undefined,
): Exercise {
  const found =
    asked === undefined ? all.find(({ name }) => name === here) : findExercise(asked, all);
  const first = found ?? all[0];
  if (first === undefined) throw new Error("there are no exercises");
  return first;
}
