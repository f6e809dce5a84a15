import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { LabError } from "../errors.ts";
import { isFolder, readPlainFile } from "../plain-file.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";

/** The largest model that can be trained takes some 20 MB, and three times that while it is. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The checkpoint that a path means: of a folder that `llm-lab train` wrote, the base model. */
export function checkpointIn(path: string): string {
  return isFolder(path) ? join(path, "tiny-base.ckpt") : path;
}

/** Reads a checkpoint; whatever is wrong with the file is a LabError. */
export function readCheckpoint(path: string): Checkpoint {
  const hint = "Check the path, or make one with llm-lab train.";
  const bytes = readPlainFile(path, { what: "checkpoint", hint, most: MOST_BYTES });
  return decodeCheckpoint(bytes, path);
}

/**
 * Writes a checkpoint beside its place and then moves it there, so that a broken write leaves the
 * earlier one whole.
 */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  const beside = `${path}.${process.pid}.part`;
  try {
    const file = openSync(beside, "w");
    try {
      const bytes = encodeCheckpoint(checkpoint);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    removeQuietly(beside);
    const { code, message } = error as NodeJS.ErrnoException;
    const isFull = ["ENOSPC", "EDQUOT", "EFBIG"].includes(code ?? "");
    throw new LabError(
      isFull
        ? `The disk is full: ${path} could not be written`
        : `${path} cannot be written: ${message}`,
      isFull
        ? "Make room for some megabytes; an earlier checkpoint there is whole."
        : "Choose another place with --out.",
      1,
      { cause: error },
    );
  }
}

/** What is half written goes; where that fails too, the first error is the one to tell. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}
