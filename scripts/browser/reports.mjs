/** Reports of real runs, opened from disk. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { listenTo, lookAt, nameOf, openFolds } from "./looks.mjs";

const root = join(import.meta.dirname, "../..");
const MOST_BYTES = 1_500_000;

const lesson = (id, ...flags) => ({
  name: `lesson-${id}`,
  argv: ["lesson", id, "--yes", "--format", "jsonl", ...flags],
});

/** The values of slow sections are those that `llm-lab verify` plays them with. */
const RUNS = [
  lesson("setup"),
  lesson("prompting", "--set", "steps=150"),
  lesson("memory"),
  lesson("chains"),
  lesson("vector-store", "--set", "vectors=1500", "--set", "queries=8"),
  lesson("agents"),
  lesson("evaluation"),
  lesson("context"),
  { name: "ask", argv: ["ask", "What is temperature?", "--handbook", "--format", "json"] },
  {
    name: "train",
    argv: ["train", "--steps", "40", "--layers", "1", "--width", "16", "--out", "model"],
  },
  {
    name: "xray",
    argv: ["xray", "--model", "offline", "--"],
    program: "test/xray/programs/conversation.mjs",
  },
  {
    name: "chat",
    argv: ["chat", "window", "--set", "k=1"],
    stdin: "I am Ada.\nWhat is 1+1?\nWhat is my name?\n",
  },
];
const SHORT_RUNS = ["lesson-setup", "xray", "chat"];

/** @type {import("./looks.mjs").View[]} */
const VIEWS = [
  { width: 390, scheme: "light" },
  { width: 390, scheme: "dark", axe: true },
  { width: 1024, scheme: "light", axe: true },
  { width: 1024, scheme: "dark" },
  { width: 1920, scheme: "light" },
  { width: 1920, scheme: "dark" },
  // What remains of A4 between its margins.
  { width: 718, scheme: "light", media: "print" },
  { width: 390, scheme: "dark", forced: true },
];
const SHORT_VIEWS = ["390 dark", "1024 light", "718 print"];

/** Makes the reports in a folder and looks at each in all views. */
export async function checkReports({ browser, axe }, { results, folder, isShort }) {
  const runs = isShort ? RUNS.filter(({ name }) => SHORT_RUNS.includes(name)) : RUNS;
  const views = isShort ? VIEWS.filter((view) => SHORT_VIEWS.includes(nameOf(view))) : VIEWS;
  for (const run of runs) {
    const file = makeReport(run, folder);
    const bytes = statSync(file).size;
    results.begin(`report of ${run.name}`, `${Math.round(bytes / 1000)} kB`);
    const page = await browser.newPage();
    const heard = listenTo(page);
    const url = pathToFileURL(file).href;
    await page.goto(url);
    await openFolds(page);
    for (const view of views) {
      const { facts, faults } = await lookAt(page, view, axe);
      results.row(nameOf(view), facts, faults);
    }
    const others = heard.requests.filter((asked) => asked !== url);
    results.row("from disk", others.length === 0 ? ["asks for nothing"] : [], [
      ...others.map((asked) => `it asks for ${asked}`),
      ...heard.complaints.map((words) => `its console has: ${words}`),
      ...(bytes < MOST_BYTES ? [] : [`${bytes} bytes are more than ${MOST_BYTES}`]),
    ]);
    await page.close();
  }
}

function makeReport({ name, argv, program, stdin = "" }, folder) {
  const file = join(folder, `${name}.html`);
  const [verb, ...rest] = argv;
  const words = [verb, "--report", file, ...rest];
  if (program) words.push(process.execPath, join(root, program));
  const { status, stderr } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...words], {
    cwd: folder,
    input: stdin,
    stdio: ["pipe", "ignore", "pipe"],
    encoding: "utf8",
    env: { PATH: process.env.PATH, LLM_LAB_DATA: join(folder, "data") },
  });
  if (status !== 0) throw new Error(`llm-lab ${words.join(" ")} ended with ${status}:\n${stderr}`);
  return file;
}
