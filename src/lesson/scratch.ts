import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LabError, reasonOf } from "../errors.ts";
import { isHeld, markOf } from "../process-lock.ts";

/** What is one step's own and goes with it: a folder, made when first asked for and removed with the step, also if the program ends before; and what else is to be closed. */
export class Scratch {
  #folder: string | undefined;
  #closing: (() => unknown)[] = [];
  readonly #remove = () => this.#removeFolder();

  /**
   * The path of a file inside the folder.
   *
   * @throws LabError where no folder can be made
   */
  file(name: string): string {
    if (this.#folder === undefined) {
      this.#folder = makeStepFolder();
      process.once("exit", this.#remove);
    }
    return join(this.#folder, name);
  }

  /** Does something when the step ends. */
  onRemove(close: () => unknown): void {
    this.#closing.push(close);
  }

  async remove(): Promise<void> {
    await Promise.all(this.#closing.splice(0).map((close) => close()));
    this.#removeFolder();
  }

  #removeFolder(): void {
    if (this.#folder === undefined) return;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    process.off("exit", this.#remove);
    this.#folder = undefined;
  }
}

const PREFIX = "llm-lab-step-";
/** Says whose the folder is, so that a later run may remove it when that process was killed. */
const OWNER = ".owner";

function makeStepFolder(): string {
  const place = tmpdir();
  removeLeftOver(place);
  try {
    const folder = mkdtempSync(join(place, PREFIX));
    writeFileSync(join(folder, OWNER), markOf());
    return folder;
  } catch (error) {
    throw new LabError(
      `No folder for the step's files can be made in ${place}: ${reasonOf(error)}`,
      "Set TMPDIR to a folder that you may write to, with some room.",
      1,
      { cause: error },
    );
  }
}

/** Removes folders of runs that were killed. */
function removeLeftOver(place: string): void {
  try {
    for (const name of readdirSync(place)) {
      const folder = join(place, name);
      if (name.startsWith(PREFIX) && isLeftOver(folder))
        rmSync(folder, { recursive: true, force: true });
    }
  } catch {
    // Another user's folders stay.
  }
}

function isLeftOver(folder: string): boolean {
  return existsSync(join(folder, OWNER)) && !isHeld(join(folder, OWNER));
}
