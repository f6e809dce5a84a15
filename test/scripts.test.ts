import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const ci = [
  ".ci/run",
  ".github/workflows/ci.yml",
  ".github/workflows/models.yml",
  ".github/workflows/verify.yml",
]
  .map(read)
  .join();

/** npm runs it by itself, and what only writes what `lint` asks for. */
const NOT_BY_NAME = ["prepare", "build", "format"];

test.each(Object.keys(JSON.parse(read("package.json")).scripts))("CI runs %s", (name) => {
  const run = new RegExp(`^[ -]*(?:run: )?(?:npm ci && )?npm (?:run )?${name}(?: |$)`, "m");
  if (!NOT_BY_NAME.includes(name)) expect(ci).toMatch(run);
});
