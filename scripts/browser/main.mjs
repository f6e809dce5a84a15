/**
 * Checks what llm-lab shows in a real Chromium: reports from disk, and the site. Build first.
 *
 * npm run browser [-- --short] [--only reports|site] [--keep <folder>]
 *
 * Exit code 1: something does not hold. 2: there is no Chromium, or a flag is wrong.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findChromium, NoChromium, startChromium } from "./chromium.mjs";
import { checkReports } from "./reports.mjs";
import { Results } from "./results.mjs";
import { checkSite } from "./site.mjs";

const PARTS = { reports: checkReports, site: checkSite };

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof NoChromium) && !error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function main() {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      only: { type: "string" },
      keep: { type: "string" },
    },
  });
  const { short: isShort, only, keep } = values;
  if (only !== undefined && !(only in PARTS)) {
    console.error(`--only takes reports or site, not ${only}.`);
    return 2;
  }
  const chromium = findChromium();
  const folder = keep ? resolve(keep) : mkdtempSync(join(tmpdir(), "llm-lab-browser-"));
  mkdirSync(folder, { recursive: true });
  const results = new Results();
  const started = performance.now();
  const tools = await startChromium(chromium);
  try {
    console.log(`Chromium ${tools.browser.version()} (${chromium})`);
    for (const [name, check] of Object.entries(PARTS))
      if (only === undefined || only === name) await check(tools, { results, folder, isShort });
  } finally {
    await tools.browser.close();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  const { faults } = results;
  console.log(`\n${faults.length === 0 ? "All holds" : `${faults.length} faults`}, ${seconds} s`);
  for (const fault of faults) console.log(`- ${fault}`);
  return faults.length === 0 ? 0 : 1;
}
