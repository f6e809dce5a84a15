import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuildOptions, build } from "rolldown";
import type { TestProject } from "vitest/node";
import hook from "../../hook.config.mjs";
import packages from "../../packages.config.mjs";
import page from "../../page.config.mjs";
import config from "../../rolldown.config.mjs";
import testing from "../../testing.config.mjs";
import { startsProcesses } from "./kinds.ts";

const root = join(import.meta.dirname, "../..");
const INPUTS = [
  "src",
  "lessons",
  "handbook",
  "scripts",
  "rolldown.config.mjs",
  "packages.config.mjs",
  "page.config.mjs",
  "testing.config.mjs",
  "hook.config.mjs",
  "package.json",
  "package-lock.json",
  "node_modules/.package-lock.json",
];
const OUTPUTS = ["dist", "packages"];
const stamp = join(root, "node_modules/.cache/llm-lab/build.json");

/**
 * Builds the program before all tests, if one of them starts it: what they run is what is in the
 * tree. A build that was made of the same files, and that nobody has touched since, is kept.
 */
export async function setup(project: TestProject): Promise<void> {
  // Vitest keeps what was asked for to itself; without it, all files count.
  const { filenamePattern } = project.vitest as { filenamePattern?: string[] };
  const { testFiles } = await project.globTestFiles(filenamePattern);
  if (!testFiles.some(startsProcesses)) return;
  const inputs = hashOf(INPUTS);
  const kept = existsSync(stamp) ? JSON.parse(readFileSync(stamp, "utf8")) : {};
  if (kept.inputs === inputs && kept.outputs === hashOf(OUTPUTS)) return;
  for (const one of [config, page, packages, testing, hook])
    await build({ ...one, logLevel: "silent" } as BuildOptions);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ inputs, outputs: hashOf(OUTPUTS) }));
}

/** One hash for the names and contents of files and folders of the tree. */
function hashOf(paths: string[]): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesIn).sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesIn(path: string): string[] {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
