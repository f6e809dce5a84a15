import type { Dirent } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { LabError } from "../errors.ts";
import { whatIs } from "../plain-file.ts";
import { type Ignoring, isIgnored, rulesAround, withRulesOf } from "./ignored.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { codeOf, whyUnread } from "./unreadable.ts";

export interface FileFound {
  /** below the folder, with forward slashes */
  file: string;
  path: string;
  kind: Kind;
}

/** A file that is not read, and why. */
export interface LeftOut {
  file: string;
  reason: string;
}

export interface Walked {
  files: FileFound[];
  leftOut: LeftOut[];
  /** paths that could not be looked into: what was known of them is kept */
  unseen: string[];
  /** paths of files that were read, and have nothing to find in them */
  empty: Set<string>;
  /** whether there are more files than were wanted */
  isCut: boolean;
}

export interface WalkOptions {
  /** bytes of a file, at most; larger ones are left out */
  largest?: number;
  /** the flag that sets it, to be named where it leaves a file out */
  largestFlag?: string;
  /** files, at most */
  mostFiles?: number;
  /** whether files of other endings are taken for text */
  anyEnding?: boolean;
  /** a path that is passed over */
  except?: string;
  signal?: AbortSignal;
}

/**
 * The files of a folder that can be read, in the order of their names; this is the only way in
 * which folders are read. Hidden files, `node_modules` and what git ignores are passed over; links
 * are not followed, so nothing outside the folder is read.
 */
export async function walk(folder: string, options: WalkOptions): Promise<Walked> {
  const { largest = Number.POSITIVE_INFINITY, mostFiles = Number.POSITIVE_INFINITY } = options;
  const found: Walked = { files: [], leftOut: [], unseen: [], empty: new Set(), isCut: false };
  const leave = (path: string, reason: string) =>
    found.leftOut.push({ file: nameIn(folder, path), reason });

  async function enter(path: string, around: Ignoring): Promise<void> {
    options.signal?.throwIfAborted();
    let entries: Dirent[];
    let ignoring: Ignoring;
    try {
      entries = await readdir(path, { withFileTypes: true });
      ignoring = await withRulesOf(path, around);
    } catch (error) {
      if (path === folder) throw cannotRead(folder, error);
      found.unseen.push(path);
      leave(path, whyUnread(error));
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = join(path, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (inside === options.except) continue;
      if (isIgnored(inside, entry.isDirectory(), ignoring)) continue;
      if (entry.isDirectory()) await enter(inside, ignoring);
      else if (entry.isFile()) await take(inside);
      else leave(inside, whatIs(entry));
      if (found.isCut) return;
    }
  }

  async function take(path: string): Promise<void> {
    const kind = kindOf(path) ?? (options.anyEnding ? "text" : undefined);
    if (!kind) return void leave(path, NO_KIND);
    try {
      const { size } = await lstat(path);
      if (size > largest) return void leave(path, tooLarge(largest, options.largestFlag));
      found.isCut = found.files.length >= mostFiles;
      if (!found.isCut) found.files.push({ file: nameIn(folder, path), path, kind });
    } catch (error) {
      found.unseen.push(path);
      leave(path, whyUnread(error));
    }
  }

  let around: Ignoring;
  try {
    around = await rulesAround(folder);
  } catch (error) {
    throw cannotRead(folder, error);
  }
  await enter(folder, around);
  return found;
}

/** Why a file of another ending is left out. */
export const NO_KIND = "no Markdown, text, HTML or PDF";

export const MEGABYTE = 1024 * 1024;

const tooLarge = (largest: number, flag?: string) =>
  `larger than ${largest / MEGABYTE} MB${flag ? ` (${flag})` : ""}`;

/** What a path names, without links in it: a folder, or else something that may be a file. */
export async function pathNamed(named: string): Promise<{ path: string; isFolder: boolean }> {
  try {
    const path = await realpath(named);
    return { path, isFolder: (await stat(path)).isDirectory() };
  } catch (error) {
    throw isMissing(error)
      ? new LabError(`There is no file or folder ${named}`, "Check the path.", 2)
      : cannotRead(named, error);
  }
}

/**
 * The folder that was named, without links in its path.
 *
 * @throws LabError with exit code 2 if there is no such folder, or it cannot be read
 */
export async function folderNamed(named: string): Promise<string> {
  try {
    const path = await realpath(named);
    if ((await stat(path)).isDirectory()) return path;
  } catch (error) {
    throw cannotRead(named, error);
  }
  throw new LabError(`${named} is a file`, "Give the folder that it lies in.", 2);
}

function cannotRead(folder: string, error: unknown): LabError {
  return isMissing(error)
    ? new LabError(`There is no folder ${folder}`, "Check the path.", 2)
    : new LabError(`The folder ${folder} cannot be read: ${whyUnread(error)}`, MEND, 2);
}

const isMissing = (error: unknown) => codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";

const MEND = "Change its permissions, or give another folder.";

/** A path below a folder as it is shown and as rules are about it: with forward slashes. */
function nameIn(folder: string, path: string): string {
  return relative(folder, path).replaceAll(sep, "/");
}
