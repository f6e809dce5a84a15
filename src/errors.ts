/** What went wrong outside this program's control, in a sentence, with what to do next. */
export class LabError extends Error {
  readonly hint: string;
  readonly exitCode: number;

  /**
   * @param message what is wrong, one sentence, no trailing stop needed
   * @param hint what to do next, one sentence
   * @param exitCode 2 for a wrong command line or setting, 1 for a run that failed
   */
  constructor(message: string, hint: string, exitCode = 1, options?: ErrorOptions) {
    super(message, options);
    this.name = "LabError";
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

/** What a model said is at fault: whatever comes after it may well work. */
export class ReplyFault extends LabError {}

/**
 * The LabError inside an error, however many libraries wrapped it, or one for what the machine ran
 * out of; undefined for anything else, which may be a fault of ours.
 */
export function findLabError(error: unknown): LabError | undefined {
  const seen = new Set<unknown>();
  let inner = error;
  while (inner instanceof Error && !seen.has(inner)) {
    const known = inner instanceof LabError ? inner : shortageOf(inner);
    if (known) return known;
    seen.add(inner);
    inner = inner.cause;
  }
  return undefined;
}

/** What went wrong, for whoever reads it in a page: an outside fault in its own words, or a bug. */
export function wordsOf(error: unknown): string {
  const known = findLabError(error);
  if (known) return `${sentenceOf(known)} ${known.hint}`;
  return `Something went wrong inside llm-lab: ${rootOf(error)}. Please report it.`;
}

/** What is wrong, with a stop at its end. */
export const sentenceOf = ({ message }: LabError): string => message.replace(/(?<![?!.])$/, ".");

/** What the innermost error says: libraries wrap a cause in words of their own. */
export function rootOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootOf(error.cause) : error.message.replace(/\.$/, "");
}

/** Why the system refuses a file, in words where we have them. */
export function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? SHORTAGES[code]?.[0] ?? message;
}

/** What the machine ran out of, or why a database cannot be used, which no program can help. */
function shortageOf(error: Error): LabError | undefined {
  const { code: given, path } = error as NodeJS.ErrnoException;
  // An abort's code is a number.
  const code = String(given);
  const isDatabase = code.includes("SQLITE");
  const found = isDatabase ? DATABASE[resultOf(error)] : SHORTAGES[code];
  if (!found) return undefined;
  const [reason, hint] = found;
  const file = path === undefined ? "The system refused a file" : `${path} cannot be opened`;
  const what = isDatabase ? "The SQLite database cannot be used" : file;
  return new LabError(`${what}: ${reason}`, hint, 1, { cause: error });
}

/** SQLite's primary result code, which libsql and Node keep under names of their own. */
function resultOf(error: Error): number {
  const { rawCode, errcode = 0 } = error as { rawCode?: number; errcode?: number };
  return (rawCode ?? errcode) & 0xff;
}

const REASONS: Record<string, string> = {
  EACCES: "you may not",
  EPERM: "you may not",
  ENOENT: "the folder is not there",
  ENOTDIR: "a file stands where a folder should be",
  EISDIR: "it is a folder",
  ELOOP: "its links lead round in a circle",
  ENAMETOOLONG: "its name is too long",
  ENXIO: "it is a named pipe or a device",
};

type Told = readonly [reason: string, hint: string];

const ROOM = "Make room on the disk, and run it again.";
const BROKEN: Told = ["the disk does not answer as it should", "Check the disk, and run it again."];
const NO_MEMORY: Told = [
  "the machine has no memory left",
  "Close other programs, and run it again.",
];
const SHORTAGES: Record<string, Told> = {
  EMFILE: ["too many files are open", "Raise the limit, for example with ulimit -n 1024."],
  ENFILE: ["too many files are open on this machine", "Close other programs, and run it again."],
  ENOSPC: ["the disk is full", ROOM],
  EDQUOT: ["the disk is full", ROOM],
  EROFS: ["the disk is read-only", "Use a folder on another disk."],
  EIO: BROKEN,
  ENOMEM: NO_MEMORY,
};

/** By SQLite's result codes: https://sqlite.org/rescode.html */
const DATABASE: Record<number, Told> = {
  5: ["another process keeps it locked", "Wait for that process to end, and run it again."],
  7: NO_MEMORY,
  8: ["it is read-only", "Change its permissions, or use another place."],
  10: BROKEN,
  11: ["it is damaged", "Move it away; a new one is made."],
  13: ["the disk is full", ROOM],
  14: ["it cannot be opened", "Check its path, and that you may write into its folder."],
  26: ["the file is not a database", "Move it away; a new one is made."],
};
