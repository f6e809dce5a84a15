import { basename } from "node:path";
import { LabError } from "../errors.ts";
import { withoutPart } from "./decode.ts";
import { kindOf } from "./kinds.ts";
import { readBytes } from "./read-file.ts";
import { textOf } from "./sections.ts";
import { isOurFault, whyUnread } from "./unreadable.ts";
import { type LeftOut, NO_KIND, pathNamed, type Walked, type WalkOptions, walk } from "./walk.ts";

/** The whole text of a file. */
interface FileText {
  file: string;
  text: string;
}

export interface Texts {
  texts: FileText[];
  leftOut: LeftOut[];
  /** whether there is more text than was wanted */
  isCut: boolean;
}

interface Wish extends WalkOptions {
  /** bytes of all files together, at most; the file that goes beyond is read in part */
  most?: number;
}

/**
 * The texts of a folder's files, or of one file.
 *
 * @throws LabError with exit code 2 if the path names nothing that can be read, or nothing has text
 *   in it
 */
export async function readTexts(named: string, wish: Wish): Promise<Texts> {
  const { path, isFolder } = await pathNamed(named);
  const { files, leftOut, isCut } = isFolder ? await walk(path, wish) : onlyFile(path, wish);
  const read: Texts = { texts: [], leftOut, isCut };
  let left = wish.most ?? Number.POSITIVE_INFINITY;
  for (const found of files) {
    wish.signal?.throwIfAborted();
    if (left <= 0) break;
    try {
      const all = await readBytes(found.path, left);
      const bytes = all.length < left ? all : withoutPart(all);
      read.texts.push({ file: found.file, text: await textOf(found.kind, bytes) });
      left -= all.length;
    } catch (error) {
      if (isOurFault(error)) throw error;
      leftOut.push({ file: found.file, reason: whyUnread(error) });
    }
  }
  read.isCut ||= left <= 0;
  if (read.texts.length > 0) return read;
  const why = describeLeftOut(leftOut) ?? "Give a text file, or a folder with some.";
  throw new LabError(`There is no text in ${named}`, why, 2);
}

function onlyFile(path: string, { anyEnding }: Wish): Walked {
  const file = basename(path);
  const kind = kindOf(file) ?? (anyEnding ? "text" : undefined);
  const none = { leftOut: [], unseen: [], empty: new Set<string>(), isCut: false };
  if (kind) return { ...none, files: [{ file, path, kind }] };
  return { ...none, files: [], leftOut: [{ file, reason: NO_KIND }] };
}

const MOST_NAMES = 3;

/** Which files were left out and why, in one sentence; undefined if there are none. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string | undefined {
  const byReason = new Map<string, string[]>();
  for (const { file, reason } of leftOut) {
    const names = byReason.get(reason) ?? [];
    names.push(file);
    byReason.set(reason, names);
  }
  const parts = [...byReason].map(([reason, names]) => {
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
    return `${names.slice(0, MOST_NAMES).join(", ")}${more} (${reason})`;
  });
  return parts.length === 0 ? undefined : `Left out: ${parts.join("; ")}.`;
}
