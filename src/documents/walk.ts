import type { Dirent } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { LabError } from "../errors.ts";
import { type Ignoring, isIgnored, rulesAround, withRulesOf } from "./ignored.ts";
import { type Kind, kindOf } from "./kinds.ts";

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
}

/**
 * The files of a folder that can be indexed, in the order of their names. Hidden files, `node_modules` and what a
 * `.gitignore` names are passed over; links are not followed, so nothing outside the folder is read.
 */
export async function walk(
  folder: string,
  { largest, except, signal }: { largest: number; except?: string; signal?: AbortSignal },
): Promise<Walked> {
  const found: Walked = { files: [], leftOut: [], unseen: [] };
  const leave = (path: string, reason: string) =>
    found.leftOut.push({ file: nameIn(folder, path), reason });

  async function enter(path: string, around: Ignoring): Promise<void> {
    signal?.throwIfAborted();
    let entries: Dirent[];
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      if (path === folder) throw cannotRead(folder, error);
      found.unseen.push(path);
      leave(path, whyUnread(error));
      return;
    }
    const ignoring = await withRulesOf(path, around);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = join(path, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules" || inside === except)
        continue;
      if (isIgnored(inside, entry.isDirectory(), ignoring)) continue;
      if (entry.isDirectory()) await enter(inside, ignoring);
      else if (entry.isSymbolicLink()) leave(inside, "a link, which is not followed");
      else if (entry.isFile()) await take(inside);
    }
  }

  async function take(path: string): Promise<void> {
    const file = nameIn(folder, path);
    const kind = kindOf(file);
    if (!kind) return void leave(path, "no Markdown, text, HTML or PDF");
    try {
      const { size } = await lstat(path);
      if (size > largest) leave(path, `larger than ${largest / MEGABYTE} MB (--max-size)`);
      else found.files.push({ file, path, kind });
    } catch (error) {
      found.unseen.push(path);
      leave(path, whyUnread(error));
    }
  }

  await enter(folder, await rulesAround(folder));
  return found;
}

export const MEGABYTE = 1024 * 1024;

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
  const missing = codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";
  return missing
    ? new LabError(`There is no folder ${folder}`, "Check the path.", 2)
    : new LabError(`The folder ${folder} cannot be read: ${whyUnread(error)}`, MEND, 2);
}

const MEND = "Change its permissions, or give another folder.";

/** Why a file or folder cannot be read, in a few words. */
export function whyUnread(error: unknown): string {
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM") return "no permission to read it";
  if (code === "ENOENT") return "gone, or its name cannot be read";
  return code === undefined ? "cannot be read" : `cannot be read (${code})`;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).replaceAll("\\", "/");
}
