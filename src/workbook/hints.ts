import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Exercise } from "./exercises.ts";

/** The hints of an exercise, in order, as Markdown. */
export function readHints({ folder }: Exercise): string[] {
  const text = readFileSync(join(folder, "hints.md"), "utf8");
  return text
    .split(/^## \d+\s*$/m)
    .slice(1)
    .map((hint) => hint.trim());
}

export function readSolution({ folder }: Exercise): string {
  return readFileSync(join(folder, "solution.ts"), "utf8").trimEnd();
}
