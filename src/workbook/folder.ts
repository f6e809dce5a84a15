import { constants, copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { LabError, reasonOf } from "../errors.ts";
import { npxFrom, packageFile } from "../package-file.ts";
import { makeFolder } from "../plain-file.ts";
import type { Exercise } from "./exercises.ts";

/** What the learner's folder is called where no other name is given. */
export const WORKBOOK = "workbook";

/** The learner's folder: a folder for each exercise, called as in this package. */
export interface LearnerFolder {
  path: string;
  /** the learner's file of an exercise, whether it is there or not */
  fileOf(exercise: Exercise): string;
}

/**
 * Finds the learner's folder: the one given, or the nearest above it that has an exercise, or the
 * workbook in it.
 *
 * @throws LabError with exit code 2 where there is none
 */
export function findFolder(from: string, exercises: readonly Exercise[]): LearnerFolder {
  const start = resolve(from);
  for (const path of [...foldersAbove(start), join(start, WORKBOOK)]) {
    const folder = folderAt(path);
    // This package has exercises too, which are not the learner's.
    const isOurs = path === resolve(fileURLToPath(packageFile("exercises/")));
    if (!isOurs && exercises.some((one) => existsSync(folder.fileOf(one)))) return folder;
  }
  throw new LabError(
    `There are no exercises in ${start}`,
    "llm-lab init makes a folder with them; then run this in that folder.",
    2,
  );
}

/** A folder, the one that it is in, and so on. */
function foldersAbove(path: string): string[] {
  return dirname(path) === path ? [path] : [path, ...foldersAbove(dirname(path))];
}

function folderAt(path: string): LearnerFolder {
  const fileOf = ({ folder, file }: Exercise) => join(path, basename(folder), file);
  return { path, fileOf };
}

/**
 * Makes the learner's folder. What is there already stays as it is.
 *
 * @returns the files that were written, and those that were there, by their paths in the folder
 */
export function makeWorkbook(
  path: string,
  exercises: readonly Exercise[],
): { folder: LearnerFolder; written: string[]; kept: string[] } {
  const written: string[] = [];
  const kept: string[] = [];
  const put = (name: string, write: (to: string) => void) => {
    const to = join(path, name);
    try {
      makeFolder(dirname(to));
      write(to);
      written.push(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST" && existsSync(to)) kept.push(name);
      else
        throw new LabError(
          `${to} cannot be written: ${reasonOf(error)}`,
          "Name another folder.",
          1,
          { cause: error },
        );
    }
  };
  for (const { folder, file, files } of exercises)
    for (const name of [file, ...files])
      put(join(basename(folder), name), (to) =>
        copyFileSync(join(folder, name), to, constants.COPYFILE_EXCL),
      );
  for (const [name, text] of Object.entries(filesBeside(path)))
    put(name, (to) => writeFileSync(to, text, { flag: "wx" }));
  return { folder: folderAt(path), written, kept };
}

/** A copy of the learner's file, and the exercise as it was. @returns the copy's path */
export function resetFile(folder: LearnerFolder, exercise: Exercise): string | undefined {
  const file = folder.fileOf(exercise);
  const original = join(exercise.folder, exercise.file);
  const isChanged = existsSync(file) && !readFileSync(file).equals(readFileSync(original));
  const copy = isChanged ? freeCopy(file) : undefined;
  makeFolder(dirname(file));
  copyFileSync(original, file);
  return copy;
}

/** The copy's name ends so that no compiler reads it. */
function freeCopy(file: string): string {
  for (let number = 1; ; number += 1) {
    const copy = `${file}.kept-${number}`;
    try {
      copyFileSync(file, copy, constants.COPYFILE_EXCL);
      return copy;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

const PACKAGES = [
  "@langchain/classic",
  "@langchain/core",
  "@langchain/langgraph",
  "@langchain/openai",
  "@langchain/textsplitters",
  "langchain",
  "zod",
];

/** Everything in the learner's folder but the exercises. */
function filesBeside(path: string): Record<string, string> {
  const { devDependencies } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"));
  const pick = (names: string[]) =>
    // A later release of theirs, even a patch, may ask for a later Node than this package does.
    Object.fromEntries(names.map((name) => [name, devDependencies[name].replace("^", "")]));
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    "package.json": json({
      name: nameFrom(path),
      private: true,
      type: "module",
      scripts: { types: "tsc --noEmit" },
      dependencies: pick(PACKAGES),
      devDependencies: pick(["@types/node", "typescript"]),
    }),
    "tsconfig.json": json({
      compilerOptions: {
        target: "es2023",
        module: "nodenext",
        types: ["node"],
        strict: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      include: ["*/*.ts"],
    }),
    ".gitignore": "node_modules/\n*.kept-*\n",
    "README.md": textBeside("README.md", path),
    "AGENTS.md": textBeside("AGENTS.md", path),
  };
}

/** A text of ours, with the command that runs this program in the learner's folder. */
function textBeside(name: string, path: string): string {
  const text = readFileSync(packageFile(`exercises/folder/${name}`), "utf8");
  return text.replaceAll("npx llm-lab", npxFrom(path));
}

/** A package's name from a folder's: npm takes small letters, digits and dashes. */
function nameFrom(path: string): string {
  const name = basename(path)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return name.replace(/^-+|-+$/g, "") || WORKBOOK;
}
