/**
 * What npm runs after an install: the build, unless the one at hand is newer than all it is made
 * from. The first `npx llm-lab` in a checkout is an install too, and would build once more.
 */
import { execSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** What the build reads: all of the project but what it makes and what only its tests read. */
const NOT_READ = ["dist", "packages", "checkpoints", "test", "docs", "images", "node_modules"];

/** The first and the last that the build writes: it was not cut off between them. */
const MADE = ["dist/cli.js", "dist/xray/hook.cjs"];

if (!isBuilt()) build();

/** Its list of files is of use to nobody who installs; where it fails, all is told. */
function build() {
  try {
    execSync("npm run build", { cwd: root, stdio: "pipe" });
  } catch ({ status, stdout, stderr }) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exitCode = status || 1;
  }
}

function isBuilt() {
  const made = MADE.map((file) => timeOf(join(root, file)));
  if (made.includes(undefined) || !(made[0] <= made[1])) return false;
  // npm writes this list at each install, also of other versions of packages.
  const installed = timeOf(join(root, "node_modules/.package-lock.json"));
  return installed !== undefined && Math.max(installed, newest(root, NOT_READ)) < made[0];
}

/** When the newest file or folder in a folder changed; a file that is gone changed its folder. */
function newest(folder, without = []) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".") || without.includes(entry.name)) continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, statSync(path).mtimeMs, entry.isDirectory() ? newest(path) : 0);
  }
  return latest;
}

function timeOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
