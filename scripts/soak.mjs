/**
 * Runs the tests that come in two lengths at their full one: kills, writers at once, the lesson on
 * every store. `-- --short` runs them as `npm test` does. Further arguments go to vitest.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const LONG = ["test/index-kills", "test/checkpointer", "test/vector-lesson"];

const argv = process.argv.slice(2);
const given = argv.filter((argument) => argument !== "--short");
const env = { ...process.env };
if (given.length === argv.length) env.LLM_LAB_SOAK = "yes";
const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
const { status } = spawnSync(process.execPath, [vitest, "run", ...LONG, ...given], {
  env,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
