import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LabError, reasonOf } from "../errors.ts";
import { goesOn } from "../kits/training/show.ts";
import { makeFolder } from "../plain-file.ts";
import { takeLock } from "../process-lock.ts";
import type { Checkpoint } from "../tinylm/checkpoint.ts";
import { readCheckpoint } from "../tinylm/checkpoint-file.ts";

export type Files = ReturnType<typeof filesIn>;

/** The files of a folder that a training writes; the folder is made. */
export function filesIn(folder: string) {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new LabError(
      `The folder ${folder} cannot be made: ${reasonOf(error)}`,
      "Choose another with --out.",
      2,
    );
  }
  const file = (name: string) => join(folder, name);
  return {
    folder,
    base: file("tiny-base.ckpt"),
    instruct: file("tiny-instruct.ckpt"),
    preferred: file("tiny-preferred.ckpt"),
    progress: file("progress.ckpt"),
  };
}

/**
 * Keeps other trainings out of a folder, and removes what a killed one left half written.
 *
 * @returns what lets others in again
 * @throws LabError where another process trains there
 */
export function lockFolder(folder: string): () => void {
  let release: (() => void) | undefined;
  try {
    release = takeLock(join(folder, "training.lock"));
  } catch (error) {
    throw new LabError(
      `The folder ${folder} cannot be written: ${reasonOf(error)}`,
      "Choose another with --out.",
      2,
    );
  }
  if (!release)
    throw new LabError(
      `Another training runs in ${folder}`,
      "Wait until it ends, or choose another folder with --out.",
    );
  for (const name of readdirSync(folder))
    if (/\.ckpt\.\d+\.part$/.test(name)) rmSync(join(folder, name), { force: true });
  return release;
}

/**
 * The training that was interrupted in this folder, if any. What was trained with other settings is
 * not overwritten.
 */
export function unfinished(files: Files, recipe: Checkpoint["recipe"]): Checkpoint | undefined {
  const [progress, base] = [files.progress, files.base].map((file) =>
    existsSync(file) ? readCheckpoint(file) : undefined,
  );
  const other = [progress, base].find((kept) => kept && !goesOn(kept, recipe));
  if (other && goesOn({ ...other, recipe: { ...other.recipe, text: recipe.text ?? "" } }, recipe))
    throw new LabError(
      `The text of ${recipe.corpus} has changed since the training in ${files.folder} began`,
      "Give another folder with --out; a model is of one text from beginning to end.",
      2,
    );
  if (other) {
    const told = Object.entries(other.recipe)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
    throw new LabError(
      `In ${files.folder} there is a model that was trained with other settings: ${told}`,
      "Give the same settings to go on with it, or another folder with --out.",
      2,
    );
  }
  return progress;
}
