import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LabError, reasonOf } from "../../errors.ts";
import { makeFolder } from "../../plain-file.ts";
import { takeLock } from "../../process-lock.ts";
import { NewerVersion, nothingDone, type Progress, progressFrom } from "./record.ts";

/** The file of the learner's progress. Each change is read, made and written under one lock. */
export class ProgressFile {
  readonly path: string;
  /** what the learner must know of the file, one sentence: that it was damaged, for example */
  notice?: string;

  constructor(path: string) {
    this.path = path;
  }

  /** @throws LabError where it may not be read, or a newer llm-lab wrote it */
  read(): Progress {
    const text = this.#text();
    if (text === undefined) return nothingDone();
    try {
      return progressFrom(text);
    } catch (error) {
      if (error instanceof NewerVersion) throw tooNew(this.path);
      this.#keepAside(error);
      return nothingDone();
    }
  }

  /** Reads it, changes it and writes it, while no other process may. @returns what was written */
  async update(change: (progress: Progress) => void): Promise<Progress> {
    try {
      makeFolder(dirname(this.path));
      const release = await this.#lock();
      try {
        const progress = this.read();
        change(progress);
        this.#write(progress);
        return progress;
      } finally {
        release();
      }
    } catch (error) {
      if (error instanceof LabError) throw error;
      throw unusable(this.path, error);
    }
  }

  #text(): string | undefined {
    try {
      return readFileSync(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw unusable(this.path, error);
    }
  }

  async #lock(): Promise<() => void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const release = takeLock(`${this.path}.lock`);
      if (release) return release;
      await sleep(25);
    }
    throw new LabError(`Another llm-lab keeps ${this.path} locked`, "End it, and run this again.");
  }

  /** The new text is whole on the disk before it takes the old one's place. */
  #write(progress: Progress): void {
    const next = `${this.path}.part`;
    const file = openSync(next, "w");
    try {
      writeSync(file, `${JSON.stringify(progress, undefined, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      renameSync(next, this.path);
    } catch (error) {
      rmSync(next, { force: true });
      throw error;
    }
  }

  #keepAside(why: unknown): void {
    const aside = freeName(this.path.replace(/\.json$/, "-damaged"));
    try {
      renameSync(this.path, aside);
    } catch {
      // Another process has put it aside already.
      rmSync(aside, { force: true });
      return;
    }
    const { message } = why as Error;
    this.notice = `Your progress could not be read (${message}). The file is kept as ${aside}, and a new one begun.`;
  }
}

/** A name that no file has yet. */
function freeName(base: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${base}-${number}.json`;
    try {
      closeSync(openSync(name, "wx"));
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function tooNew(path: string): LabError {
  return new LabError(
    `A newer llm-lab wrote your progress (${path})`,
    "Run the newer one, for example npx llm-lab@latest.",
  );
}

function unusable(path: string, error: unknown): LabError {
  return new LabError(
    `Your progress cannot be kept in ${path}: ${reasonOf(error)}`,
    "Set LLM_LAB_DATA to a folder that you may write to.",
    1,
    { cause: error },
  );
}
