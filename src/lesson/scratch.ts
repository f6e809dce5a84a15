import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What is one step's own and goes with it: a folder, made when first asked for and removed with the step, also if the program ends before; and what else is to be closed. */
export class Scratch {
  #folder: string | undefined;
  #closing: (() => void)[] = [];
  readonly #remove = () => this.remove();

  /** The path of a file inside the folder. */
  file(name: string): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), "llm-lab-"));
      process.once("exit", this.#remove);
    }
    return join(this.#folder, name);
  }

  /** Does something when the step ends. */
  onRemove(close: () => void): void {
    this.#closing.push(close);
  }

  remove(): void {
    for (const close of this.#closing.splice(0)) close();
    if (this.#folder === undefined) return;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    process.off("exit", this.#remove);
    this.#folder = undefined;
  }
}
