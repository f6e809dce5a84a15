import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { LabError } from "../errors.ts";
import { goesOn } from "../kits/training/show.ts";
import type { Checkpoint } from "../tinylm/checkpoint.ts";
import { readCheckpoint } from "../tinylm/checkpoint-file.ts";

export type Files = ReturnType<typeof filesIn>;

/** The files of a folder that a training writes; the folder is made. */
export function filesIn(folder: string) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new LabError(
      `The folder ${folder} cannot be made: ${(error as Error).message}`,
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
 * The training that was interrupted in this folder, if any. What was trained with other settings is
 * not overwritten.
 */
export function unfinished(files: Files, recipe: Checkpoint["recipe"]): Checkpoint | undefined {
  const [progress, base] = [files.progress, files.base].map((file) =>
    existsSync(file) ? readCheckpoint(file) : undefined,
  );
  const other = [progress, base].find((kept) => kept && !goesOn(kept, recipe));
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
