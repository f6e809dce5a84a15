/** A Chromium of this machine; none is ever downloaded. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

const here = import.meta.dirname;
const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];
/** Where browsers are that stand on no PATH. */
const PLACES = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
  "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
];

/** A machine without a Chromium, and what to do. */
export class NoChromium extends Error {}

/** @throws NoChromium where there is none, or CHROMIUM names none */
export function findChromium({ CHROMIUM, PATH = "" } = process.env) {
  const canRun = (file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  if (CHROMIUM) {
    if (canRun(CHROMIUM)) return CHROMIUM;
    throw new NoChromium(`CHROMIUM is ${CHROMIUM}, which is not a program that runs.`);
  }
  const folders = PATH.split(delimiter).filter((folder) => folder !== "");
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [...onPath, ...PLACES].find(canRun);
  if (found) return found;
  throw new NoChromium(
    "There is no Chromium on this machine: install one (apt-get install chromium), or name one with CHROMIUM=/path/to/chrome.",
  );
}

/** Starts the browser; playwright-core and axe-core are installed here when they are first needed. */
export async function startChromium(executablePath) {
  if (!existsSync(join(here, "node_modules/playwright-core"))) installParts();
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath });
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  return { browser, axe: readFileSync(axe, "utf8") };
}

function installParts() {
  const isWindows = process.platform === "win32";
  console.log("Installing what is pinned in scripts/browser/package.json, once.");
  const flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync(isWindows ? "npm.cmd" : "npm", flags, {
    cwd: here,
    stdio: "inherit",
    shell: isWindows,
  });
}
