/**
 * Plays all lessons against the newest LangChain that the registry has, and names what changed:
 * which packages, from which version to which, and which outcomes broke.
 * Run it with `npm run verify:latest`; arguments are lessons, `-- --keep` keeps the build.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildAgainst } from "./latest/build.mjs";
import { compareReports, compareVersions } from "./latest/compare.mjs";

const root = join(import.meta.dirname, "..");
const build = join(root, "dist-latest");
const { values, positionals } = parseArgs({
  options: { keep: { type: "boolean" } },
  allowPositionals: true,
});
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const names = Object.keys(devDependencies).filter(isPlayed);

const folder = realpathSync(mkdtempSync(join(tmpdir(), "llm-lab-latest-")));
try {
  const packages = Object.fromEntries(names.map((name) => [name, "latest"]));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, dependencies: packages }),
  );
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["install", ...flags], folder);

  const changed = compareVersions(versionsIn(root), versionsIn(folder));
  for (const { name, from, to } of changed) console.log(`${name} ${from} -> ${to}`);
  if (changed.length === 0) console.log("Our LangChain is the newest.");
  await buildAgainst(folder, build);
  const report = verify(build);
  const { broken, mended, stillBroken } = compareReports(
    report.isKept ? { sections: [] } : verify(join(root, "dist")),
    report,
  );
  const kept = report.outcomes - report.broken;
  console.log(
    `${kept} of ${report.outcomes} outcomes kept, of ${report.sections.length} sections.`,
  );
  tell("Broken by it:", broken);
  tell("Mended by it:", mended);
  tell("Broken with our versions, too:", stillBroken);
  process.exitCode = report.isKept ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
  if (!values.keep) rmSync(build, { recursive: true, force: true });
}

/** LangChain, and what lessons and it are given one copy of. */
function isPlayed(name) {
  return /^(?:langchain|zod|@langchain\/(?!langgraph-checkpoint-validation).*)$/.test(name);
}

function versionsIn(place) {
  return Object.fromEntries(
    names.map((name) => {
      const file = join(place, "node_modules", name, "package.json");
      return [name, existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : "none"];
    }),
  );
}

function verify(place) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(place, "cli.js"), "verify", ...positionals, "--format", "json"],
    { encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  if (status !== 0 && status !== 1) throw new Error(`verify ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

function run(program, argv, cwd) {
  const { status } = spawnSync(program, argv, {
    cwd,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${program} ${argv[0]} failed`);
}

function tell(title, changes) {
  if (changes.length === 0) return;
  console.log(`\n${title}`);
  for (const { name, file, line, says } of changes)
    console.log(`${file}:${line}\n  ${name}\n  ${says}`);
}
