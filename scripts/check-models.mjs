/**
 * Fails sixty days before a model that we use or name is shut down: `npm run check:models`, once a week in CI.
 *
 * `-- --today 2027-01-01` looks from another day; further arguments are further files to read.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { loadSources } from "./bundle.mjs";

const root = join(import.meta.dirname, "..");
/** Where a learner reads names of models. */
const DOCUMENTS = ["README.md", ".env.example", "docs", "handbook", "lessons"];
const MONTHS_FRESH = 4;

const { values, positionals } = parseArgs({
  options: { today: { type: "string" } },
  allowPositionals: true,
});
const sources = await loadSources("model/shutdowns", "model/prices", "config");
const { SHUTDOWNS, NEAR_DAYS, shutdownOf, warningOf, dayOf } = sources;
const today = values.today ?? dayOf(new Date());

const known = new Set([...SHUTDOWNS.flatMap(({ models }) => models), ...sources.PRICED_MODELS]);
const named = [
  { model: sources.DEFAULT_LIVE_MODEL, where: "the default model" },
  ...[...documents(), ...positionals].flatMap((file) =>
    modelsIn(readFileSync(file, "utf8")).map((model) => ({ model, where: relative(root, file) })),
  ),
];
const complaints = named.flatMap(({ model, where }) => {
  const warning = warningOf(shutdownOf(model, today));
  return warning === undefined ? [] : [`${where}: ${warning}.`];
});
const lastRead = SHUTDOWNS.map(({ read }) => read).toSorted()[0];
if (monthsBetween(lastRead, today) > MONTHS_FRESH)
  complaints.push(`The dates were read in ${lastRead}: read them again (src/model/shutdowns.ts).`);

for (const complaint of complaints) console.error(complaint);
if (complaints.length === 0)
  console.log(`No model that is named here is shut down within ${NEAR_DAYS} days of ${today}.`);
process.exitCode = complaints.length === 0 ? 0 : 1;

function documents() {
  return DOCUMENTS.flatMap((place) => {
    const path = join(root, place);
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true }).map((file) => join(path, String(file)));
  }).filter((file) => /\.(?:md|ts|example)$/.test(file) && !file.endsWith(".test.ts"));
}

/** The models that a text names, each once; a longer name is not the shorter one that it begins with. */
function modelsIn(text) {
  const words = text.match(/[\w.:/-]*[\w]/g) ?? [];
  return [
    ...new Set(words.map((word) => word.replace(/^.*[/:]/, "")).filter((word) => known.has(word))),
  ];
}

function monthsBetween(from, to) {
  const count = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return count(to) - count(from);
}
