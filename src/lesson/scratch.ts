import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of one step's own, made when first asked for and removed with the step, also if the program ends before. */
export class Scratch {
  #folder: string | undefined;
  readonly #remove = () => this.remove();

  /** The path of a file inside the folder. */
  file(name: string): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), "llm-lab-"));
      process.once("exit", this.#remove);
    }
    return join(this.#folder, name);
  }

  remove(): void {
    if (this.#folder === undefined) return;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    process.off("exit", this.#remove);
    this.#folder = undefined;
  }
}
