/**
 * Brings the translations of lessons up to date (`npm run translations`), or tells what is missing
 * and stale in them and fails where a file is out of date (`-- --check`). The texts are those of
 * runs offline with several values of the params: what is not the same in all of them gets places
 * for values.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSources } from "./bundle.mjs";
import { readCatalogue, updateCatalogue } from "./catalogue.mjs";

const root = join(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");
const { textsOf, templateOf } = await loadSources("lesson/translate");
const data = mkdtempSync(join(tmpdir(), "llm-lab-translations-"));
process.on("exit", () => rmSync(data, { recursive: true, force: true }));

/** What an integer is set to in each run but the first. */
const OTHER_VALUES = [
  ({ usual, most }) => (usual < most ? usual + 1 : usual - 1),
  ({ least }) => least,
  ({ most }) => most,
];

for (const file of readdirSync(join(root, "lessons"), { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".po")) continue;
  const path = join(root, "lessons", file);
  const text = readFileSync(path, "utf8");
  const wanted = textsIn(file.split(/[\\/]/)[0]);
  const updated = updateCatalogue(text, wanted);
  const ready = Object.keys(readCatalogue(updated)).length;
  console.log(`lessons/${file}: ${ready} of ${wanted.length} texts are translated and not stale`);
  if (!isCheck) writeFileSync(path, updated);
  else if (updated !== text) {
    console.log("  It is out of date: run npm run translations, and translate what it marks.");
    process.exitCode = 1;
  }
}

/** The English texts of a lesson, in the order of a run, each once. */
function textsIn(lesson) {
  const usual = play(lesson, []);
  const params = usual.flatMap((event) => (event.type === "section-start" ? event.params : []));
  const runs = [usual, ...OTHER_VALUES.map((other) => play(lesson, settingsOf(params, other)))];
  const found = runs.map(textsOf);
  const sets = found.map((texts) => new Set(texts.map(({ text }) => text)));
  const texts = new Map();
  for (const { text, values, place } of found.flat()) {
    const isFixed = sets.every((set) => set.has(text));
    const english = isFixed ? text : templateOf(text, values).template;
    if (!texts.has(english)) texts.set(english, { english, place });
  }
  return [...texts.values()];
}

function play(lesson, settings) {
  const flags = settings.flatMap((setting) => ["--set", setting]);
  const argv = [join(root, "dist/cli.js"), "lesson", lesson, "--format", "jsonl", ...flags];
  const env = { PATH: process.env.PATH, LLM_LAB_DATA: data };
  const stdout = execFileSync(process.execPath, argv, {
    encoding: "utf8",
    env,
    maxBuffer: 1 << 28,
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Other values for names and whole numbers. */
function settingsOf(params, other) {
  const settings = params.flatMap(({ name, kind, default: usual, range }) => {
    if (kind === "text" && /^\w+$/.test(usual)) return [`${name}=Quinn`];
    const [least, most] = (/([\d,]+) to ([\d,]+)/.exec(range) ?? [])
      .slice(1)
      .map((figure) => Number(figure.replaceAll(",", "")));
    return kind === "integer" ? [`${name}=${other({ usual, least, most })}`] : [];
  });
  return [...new Set(settings)];
}
