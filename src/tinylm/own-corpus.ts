import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { LabError } from "../errors.ts";

/** How much text is read at the most; a model this small is full long before. */
const MOST_BYTES = 64_000_000;
/** Longer paragraphs are cut: what is worked on at once stays small. */
const LONGEST = 8000;

/** The text of one's own that a model is trained on. */
export interface OwnText {
  documents: string[];
  files: number;
  /** whether there was more than is read */
  isCut: boolean;
}

/** Reads a text file, or all text files of a folder and its subfolders, as paragraphs. Files that are no text are left out. */
export function readOwnText(path: string): OwnText {
  const documents: string[] = [];
  let [left, files] = [MOST_BYTES, 0];
  for (const file of filesIn(path)) {
    if (left <= 0) break;
    const text = readText(file, left);
    if (text === undefined) continue;
    files += 1;
    left -= Buffer.byteLength(text);
    for (const paragraph of text.split(/\n\s*\n/)) {
      const trimmed = paragraph.trim();
      for (let at = 0; at < trimmed.length; at += LONGEST)
        documents.push(trimmed.slice(at, at + LONGEST));
    }
  }
  if (documents.length === 0) {
    throw new LabError(
      `There is no text in ${path}`,
      "Give a text file, or a folder with some.",
      2,
    );
  }
  return { documents, files, isCut: left <= 0 };
}

function filesIn(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && entry.name !== "node_modules")
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() || entry.isFile() ? filesIn(join(path, entry.name)) : [],
      );
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what =
      code === "ENOENT"
        ? `There is no file or folder ${path}`
        : `${path} cannot be read: ${message}`;
    throw new LabError(what, "Check the path after --corpus.", 2);
  }
}

/** At most so many bytes of a file as text; undefined where it is none. */
function readText(path: string, most: number): string | undefined {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.min(most, statSync(path).size));
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(file, bytes, length, bytes.length - length, null);
    if (bytes.subarray(0, 8000).includes(0)) return undefined;
    return bytes
      .subarray(0, length)
      .toString("utf8")
      .replace(/^\ufeff/, "");
  } finally {
    closeSync(file);
  }
}
