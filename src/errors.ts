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

/** Why the system refuses a file, in words where we have them. */
export function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? SHORTAGES[code]?.[0] ?? message;
}

/** What the machine ran out of, which no program can help. */
function shortageOf(error: Error): LabError | undefined {
  const { code = "", path } = error as NodeJS.ErrnoException;
  const [reason, hint] = SHORTAGES[code] ?? [];
  if (reason === undefined || hint === undefined) return undefined;
  const what = path === undefined ? "The system refused a file" : `${path} cannot be opened`;
  return new LabError(`${what}: ${reason}`, hint, 1, { cause: error });
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

const ROOM = "Make room on the disk, and run it again.";
const SHORTAGES: Record<string, readonly [reason: string, hint: string]> = {
  EMFILE: ["too many files are open", "Raise the limit, for example with ulimit -n 1024."],
  ENFILE: ["too many files are open on this machine", "Close other programs, and run it again."],
  ENOSPC: ["the disk is full", ROOM],
  EDQUOT: ["the disk is full", ROOM],
  EROFS: ["the disk is read-only", "Use a folder on another disk."],
  EIO: ["the disk does not answer as it should", "Check the disk, and run it again."],
  ENOMEM: ["the machine has no memory left", "Close other programs, and run it again."],
};
