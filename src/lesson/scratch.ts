import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What is one step's own and goes with it: a folder, made when first asked for and removed with the step, also if the program ends before; and what else is to be closed. */
export class Scratch {
  #folder: string | undefined;
  #closing: (() => unknown)[] = [];
  readonly #remove = () => this.#removeFolder();

  /** The path of a file inside the folder. */
  file(name: string): string {
    if (this.#folder === undefined) {
      this.#folder = mkdtempSync(join(tmpdir(), "llm-lab-"));
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
