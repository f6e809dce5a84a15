import { LabError } from "../../errors.ts";

/** What LanceDB's messages mean; the first match wins. */
const FAILURES: [RegExp, (folder: string) => LabError][] = [
  [
    /no space left|os error 28\b|os error 27\b|file too large|quota exceeded|os error 122\b|ENOSPC|EDQUOT/i,
    (folder) =>
      new LabError(
        `The disk of ${folder} is full`,
        "Make room and run it again: what was written before is whole.",
      ),
  ],
  [
    /permission denied|operation not permitted|read-only file system|os error (13|1|30)\b|EACCES|EPERM|EROFS/i,
    (folder) =>
      new LabError(
        `llm-lab may not read or write the folder ${folder}`,
        "Change its permissions, or give another folder.",
      ),
  ],
  [
    /not a directory|file exists|os error (20|17)\b|ENOTDIR|EEXIST/i,
    (folder) =>
      new LabError(
        `${folder} is not a folder, or one of the folders above it is a file`,
        "Give a folder; llm-lab makes it where it is missing.",
      ),
  ],
  [
    /too many open files|os error 24\b|EMFILE/i,
    (folder) =>
      new LabError(
        `Too many files are open to read ${folder}`,
        "Raise the limit with ulimit -n 4096, and join its files by compacting the collection.",
      ),
  ],
  [
    /too many concurrent writers|commit conflict|retryable/i,
    (folder) =>
      new LabError(
        `Too many processes write to ${folder} at once`,
        "Run it again when the others are done: what was written before is whole.",
      ),
  ],
];

/** What LanceDB says when its files are damaged. */
const DAMAGE =
  /not found|corrupt|invalid (magic|footer|protobuf|data)|failed to (decode|parse|read)|decode|unexpected end|eof|out of (range|bounds)|magic number|truncated|prost|range start|LanceError\((IO|Schema|Arrow)\)|panic|object at location/i;

/** The LabError for what LanceDB or the file system said about a folder; the error itself when it is a bug. */
export function explainLance(error: unknown, folder: string): unknown {
  const text = textOf(error);
  const known = FAILURES.find(([pattern]) => pattern.test(text));
  if (known) return caused(known[1](folder), error);
  return DAMAGE.test(text) ? damaged(folder, error) : error;
}

export function damaged(folder: string, cause: unknown): LabError {
  return caused(
    new LabError(
      `The files in ${folder} are damaged, or some are missing`,
      "Put back a copy of the folder, or index into a new one; nothing in it was changed.",
    ),
    cause,
  );
}

function caused(error: LabError, cause: unknown): LabError {
  error.cause = cause;
  return error;
}

function textOf(error: unknown): string {
  return error instanceof Error
    ? `${(error as { code?: string }).code ?? ""} ${error.message}`
    : String(error);
}
