import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether a test starts processes, by itself or by what it imports from the tests' helpers. */
export function startsProcesses(file: string): boolean {
  return reaches(file, /node:child_process$|\/src\/workbook\/run-check\.ts$/, new Set());
}

/** Whether a test trains a model, which takes long. */
export function trains(file: string): boolean {
  return reaches(file, /\/tinylm\/(?:[\w-]+\/)*training\.ts$/, new Set());
}

/** Whether a test writes databases to a disk. */
export function writesDatabases(file: string): boolean {
  return reaches(
    file,
    /\/src\/(?:kits\/vectors\/kit|vector\/(?:lancedb|pgvector|qdrant)\/.+)\.ts$/,
    new Set(),
  );
}

/** Follows imports of test files; what a module of the program imports is its own business. */
function reaches(file: string, wanted: RegExp, seen: Set<string>): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const isOfTests = /\.test\.ts$/.test(file) || /[\\/]test[\\/]/.test(file);
  if (!isOfTests || !existsSync(file)) return false;
  return importsOf(file).some((target) => wanted.test(target) || reaches(target, wanted, seen));
}

/** What a file imports: names of packages, and paths with forward slashes. */
function importsOf(file: string): string[] {
  const found = readFileSync(file, "utf8").matchAll(
    /^(?:import|export)\b(?! type\b)[^;]*?\bfrom "([^"]+)"|\bimport\("([^"]+)"\)|^import "([^"]+)"/gm,
  );
  return [...found].map(([, ...names]) => {
    const name = names.find((candidate) => candidate !== undefined) ?? "";
    return name.startsWith(".") ? join(dirname(file), name).replaceAll("\\", "/") : name;
  });
}
