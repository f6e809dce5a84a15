import { findLabError, type LabError } from "../errors.ts";
import { explainChainError } from "./explain.ts";

/** Why a piece of a lesson did not come to its end. */
export class Failure {
  readonly error: LabError;

  constructor(error: LabError) {
    this.error = error;
  }
}

/** Runs a piece of a lesson; a failure that a person can mend is returned, not thrown. */
export async function attempt<T>(
  body: () => Promise<T>,
  signal: AbortSignal,
): Promise<T | Failure> {
  try {
    return await body();
  } catch (error) {
    const known = findLabError(error) ?? explainChainError(error);
    if (!known || signal.aborted) throw error;
    return new Failure(known);
  }
}
