import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { LabError, reasonOf } from "../errors.ts";
import { placeToWrite } from "../plain-file.ts";
import { takeLock } from "../process-lock.ts";
import { TAPE_VERSION, type Tape, type TapeEntry } from "./tape.ts";

/**
 * A tape that is being written, by one run only. It is whole on disk after every entry. An earlier
 * tape stays until the run has ended well; until then the new one grows beside it.
 */
export class TapeFile {
  readonly #path: string;
  readonly #tape: Tape;
  readonly #part: string;
  /** whether an earlier tape is there, which is worth more than a half of a new one */
  readonly #hasEarlier: boolean;
  #lastFailed = false;
  #isOpen = true;
  readonly #unlock: () => void;

  /** @throws LabError if another run records to the same file, or it cannot be written */
  constructor(path: string, model: string) {
    this.#path = placeToWrite(path, { what: "tape", flag: "--record" });
    this.#part = `${this.#path}.part`;
    this.#tape = { version: TAPE_VERSION, model, entries: [] };
    this.#unlock = lock(this.#path);
    this.#hasEarlier = statSync(this.#path, { throwIfNoEntry: false }) !== undefined;
    rmSync(this.#part, { force: true });
  }

  add(entry: TapeEntry): void {
    this.#tape.entries.push(entry);
    this.#lastFailed = entry.response.status >= 400;
    this.#write();
  }

  /** Notes a request, which fails unless its whole reply is added. */
  begin(): void {
    this.#lastFailed = true;
  }

  /**
   * Ends the tape.
   *
   * @param isCutShort whether the run was interrupted
   * @returns where what was recorded lies, if the earlier tape was kept; to be told
   */
  close(isCutShort: boolean): string | undefined {
    if (!this.#isOpen) return undefined;
    this.#isOpen = false;
    const { entries } = this.#tape;
    try {
      if (this.#hasEarlier && (isCutShort || this.#lastFailed || entries.length === 0))
        return entries.length > 0
          ? `The run did not end well, so the tape ${this.#path} is as it was. What was recorded is in ${this.#part}.`
          : undefined;
      if (entries.length === 0 && !isCutShort) this.#write();
      if (this.#hasEarlier) renameSync(this.#part, this.#path);
      return undefined;
    } finally {
      this.#unlock();
    }
  }

  /** To a second file first, so that the tape is never half written. */
  #write(): void {
    const draft = `${this.#path}.tmp`;
    try {
      writeFileSync(draft, `${JSON.stringify(this.#tape, null, 1)}\n`);
      renameSync(draft, this.#hasEarlier ? this.#part : this.#path);
    } catch (error) {
      rmSync(draft, { force: true });
      this.#unlock();
      throw new LabError(
        `The tape ${this.#path} cannot be written: ${reasonOf(error)}`,
        "Check the path and the space on the disk.",
      );
    }
  }
}

/** Keeps other runs from a tape; returns what lets them in again. */
function lock(tape: string): () => void {
  let release: (() => void) | undefined;
  try {
    release = takeLock(`${tape}.lock`);
  } catch (error) {
    throw new LabError(
      `Nothing can be recorded to ${tape}: ${reasonOf(error)}`,
      "Choose another path after --record.",
      2,
    );
  }
  if (!release)
    throw new LabError(
      "Another run records to the same tape",
      "Wait until it ends, or choose another path.",
    );
  return release;
}
