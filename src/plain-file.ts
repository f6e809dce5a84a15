import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { LabError, reasonOf } from "./errors.ts";

/**
 * Opening a named pipe would otherwise wait for somebody to write to it; Windows has no such flag.
 */
export const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

interface Called {
  /** what the file is to us, such as "tape" */
  what: string;
  /** what to do when it cannot be read */
  hint: string;
  /** bytes at the most */
  most: number;
}

/**
 * Reads a file that the learner named. It never waits: what is not a file is refused.
 *
 * @throws LabError for what is not there, is not a file, is too large, or may not be read
 */
export function readPlainFile(path: string, { what, hint, most }: Called): Buffer {
  let file: number | undefined;
  try {
    file = openSync(path, WITHOUT_WAITING);
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error(`it is ${whatIs(stats)}`);
    if (stats.size > most)
      throw new Error(`it has ${megabytes(stats.size)}, and at most ${megabytes(most)} are read`);
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const sentence =
      code === "ENOENT" || code === "ENOTDIR"
        ? `There is no ${what} ${path}`
        : `The ${what} ${path} cannot be read: ${reasonOf(error)}`;
    throw new LabError(sentence, hint, 2, { cause: error });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * The file that a path leads to, to be written: a link stays, and what is not a file is never
 * replaced.
 *
 * @throws LabError for what is not a file
 */
export function placeToWrite(path: string, { what, flag }: { what: string; flag: string }): string {
  if (!lstatSync(path, { throwIfNoEntry: false })) return path;
  try {
    const place = realpathSync(path);
    const stats = statSync(place);
    if (stats.isFile()) return place;
    throw new Error(`it is ${whatIs(stats)}`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "it is a link that leads nowhere" : reasonOf(error);
    throw new LabError(
      `The ${what} ${path} cannot be written: ${why}`,
      `Choose another path after ${flag}.`,
      2,
    );
  }
}

/**
 * Makes a folder and those above it, one by one: Node's own recursive way never ends below /proc.
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

/** Whether there is a folder; a file or a broken link in its place fails when it is made. */
export const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

type Sort = Pick<Stats, "isDirectory" | "isFIFO" | "isSocket" | "isSymbolicLink">;

/** The charset that a file names by the mark at its start; undefined where there is none. */
export function markedCharset(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

/** What is not a file, in a few words. */
export function whatIs(sort: Sort): string {
  if (sort.isDirectory()) return "a folder";
  if (sort.isSymbolicLink()) return "a link, which is not followed";
  if (sort.isFIFO()) return "a named pipe";
  return sort.isSocket() ? "a socket" : "a device";
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}
