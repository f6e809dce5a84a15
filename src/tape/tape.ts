import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { LabError } from "../errors.ts";

const TAPE_VERSION = 1;

/**
 * What went over the wire in a run: requests and responses, in order. No headers, no host, no keys.
 */
export interface Tape {
  version: typeof TAPE_VERSION;
  /** the model that the run asked for */
  model: string;
  entries: TapeEntry[];
}

export interface TapeEntry {
  request: { method: string; path: string; body: unknown };
  response: {
    status: number;
    contentType: string;
    /** the body as it came: pieces, each with the milliseconds since the request */
    pieces: { ms: number; text: string }[];
  };
}

/** @throws LabError for a file that is not a tape, or one of another version */
export function readTape(path: string): Tape {
  let tape: Partial<Tape> | undefined;
  try {
    tape = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new LabError(
      `The tape ${path} cannot be read: ${(error as Error).message}`,
      "Record it again with --record.",
      2,
    );
  }
  if (tape?.version !== TAPE_VERSION || !Array.isArray(tape.entries)) {
    const what = tape?.version === undefined ? "is not a tape" : `is of version ${tape.version}`;
    throw new LabError(
      `The file ${path} ${what}`,
      `This program reads tapes of version ${TAPE_VERSION}; record it again.`,
      2,
    );
  }
  return tape as Tape;
}

/** The model that made vectors in the run, undefined where none were asked for. */
export function embeddingModelOn({ entries }: Tape): string | undefined {
  const entry = entries.find(({ request }) => request.path.endsWith("/embeddings"));
  return (entry?.request.body as { model?: string } | null | undefined)?.model;
}

/** A tape that is being written: whole on disk after every entry, and by one run only. */
export class TapeFile {
  readonly #path: string;
  readonly #tape: Tape;
  readonly #release = () => this.close();

  /** @throws LabError if another run records to the same file, or it cannot be written */
  constructor(path: string, model: string) {
    this.#path = path;
    this.#tape = { version: TAPE_VERSION, model, entries: [] };
    lock(`${path}.lock`);
    process.once("exit", this.#release);
    this.#write();
  }

  add(entry: TapeEntry): void {
    this.#tape.entries.push(entry);
    this.#write();
  }

  close(): void {
    process.off("exit", this.#release);
    rmSync(`${this.#path}.lock`, { force: true });
  }

  /** To a second file first, so that the tape is never half written. */
  #write(): void {
    const draft = `${this.#path}.${process.pid}.tmp`;
    try {
      writeFileSync(draft, `${JSON.stringify(this.#tape, null, 1)}\n`);
      renameSync(draft, this.#path);
    } catch (error) {
      rmSync(draft, { force: true });
      this.close();
      throw new LabError(
        `The tape ${this.#path} cannot be written: ${(error as Error).message}`,
        "Check the path and the space on the disk.",
      );
    }
  }
}

/** Makes a file that says who records; one that a dead run left behind is taken over. */
function lock(path: string): void {
  try {
    const file = openSync(path, "wx");
    writeFileSync(file, String(process.pid));
    closeSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST") {
      throw new LabError(
        `Nothing can be recorded there: ${message}`,
        "Choose another path after --record.",
        2,
      );
    }
    if (isAlive(Number(readFileSync(path, "utf8")))) {
      throw new LabError(
        "Another run records to the same tape",
        "Wait until it ends, or choose another path.",
      );
    }
    rmSync(path, { force: true });
    lock(path);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
