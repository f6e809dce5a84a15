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

/** The LabError inside an error, however many libraries wrapped it; undefined if there is none. */
export function findLabError(error: unknown): LabError | undefined {
  const seen = new Set<unknown>();
  let inner = error;
  while (inner instanceof Error && !seen.has(inner)) {
    if (inner instanceof LabError) return inner;
    seen.add(inner);
    inner = inner.cause;
  }
  return undefined;
}
