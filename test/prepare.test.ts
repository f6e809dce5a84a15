import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { root } from "./support/program.ts";

let folder = "";
const path = (file: string) => join(folder, file);

/** Sets when a file changed, in minutes after all of the folder. */
function change(file: string, minute: number) {
  const time = new Date(2026, 0, 1, 12, minute);
  utimesSync(path(file), time, time);
}

function write(file: string, minute: number, text = "") {
  mkdirSync(join(path(file), ".."), { recursive: true });
  writeFileSync(path(file), text);
  change(file, minute);
}

function isBuiltBy(change: () => void): boolean {
  change();
  rmSync(path("dist/told"), { force: true });
  execFileSync(process.execPath, [path("scripts/prepare.mjs")], { stdio: "ignore" });
  return existsSync(path("dist/told"));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-prepare-"));
  cpSync(join(root, "scripts/prepare.mjs"), path("scripts/prepare.mjs"), { recursive: true });
  const build = `node -e "require('fs').writeFileSync('dist/told','')"`;
  write("package.json", 0, JSON.stringify({ scripts: { build } }));
  write("src/a.ts", 0);
  write("lessons/one/b.csv", 0);
  write("test/a.test.ts", 9);
  write("node_modules/.package-lock.json", 1);
  write("dist/cli.js", 2);
  write("dist/xray/hook.cjs", 3);
  for (const one of ["scripts/prepare.mjs", "scripts", "src", "lessons/one", "lessons"])
    change(one, 0);
});

afterEach(() => rmSync(folder, { recursive: true }));

test("an install builds nothing where the build is newer than all that it reads", () => {
  expect(isBuiltBy(() => {})).toBe(false);
});

test.each<[string, () => void]>([
  ["has changed a source", () => change("src/a.ts", 4)],
  ["has changed a lesson's table", () => change("lessons/one/b.csv", 4)],
  ["has taken a file away", () => rmSync(path("lessons/one/b.csv"))],
  ["has installed since", () => change("node_modules/.package-lock.json", 4)],
  [
    "has installed with something else than npm",
    () => rmSync(path("node_modules"), { recursive: true }),
  ],
  ["has no build", () => rmSync(path("dist/cli.js"))],
  ["cut off a first build", () => rmSync(path("dist/xray/hook.cjs"))],
  ["cut off a later build", () => change("dist/cli.js", 5)],
])("builds for a person who %s", (_, done) => {
  expect(isBuiltBy(done)).toBe(true);
});
