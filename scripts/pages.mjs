/**
 * Writes the pages of the lessons, lessons/<id>/README.md and their pictures: `npm run pages`, or
 * `npm run pages -- <folder> [lesson…]` to put them, or some of them, elsewhere.
 *
 * Each is made of a run of the built program, offline, as it ships. The same sources give the same
 * bytes on any machine: times are left out, and so are the figures that MEASURED lists.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { loadSources } from "./bundle.mjs";

/**
 * What differs from machine to machine: in a table the columns or rows that are named, else all of
 * what has this title. An entry that a run no longer shows is refused.
 */
const MEASURED = [
  { section: "setup/real-models", title: "llm-lab doctor" },
  { section: "chains/now", title: "Time line" },
  { section: "vector-store/recall", title: "Index and knob", parts: ["recall", "time"] },
  { section: "vector-store/recall", title: "Recall against latency" },
  { section: "vector-store/scale", title: "Measured here", parts: ["written s", "search ms"] },
  { section: "vector-store/scale", title: "An exact search" },
  { section: "vector-store/scale", title: "Worked out" },
  { section: "vector-store/scale", title: "What that means", parts: ["exact search", "write"] },
  {
    section: "vector-store/operations",
    title: "Written passage by passage",
    parts: ["search, after = 1"],
  },
  { section: "agents/graph", title: "Time line" },
  { section: "evaluation/cost", title: /^Prices of/, parts: ["p50, ms", "p95, ms"] },
];

const root = join(import.meta.dirname, "..");
const [folder = join(root, "lessons"), ...asked] = process.argv.slice(2);
const out = resolve(folder);

const { curriculum, describeParams, lessonPage, loadSection, needs, readExercises } =
  await loadSources(
    "lessons/index",
    "lesson/load",
    "lesson/params",
    "report/lesson-page",
    "workbook/exercises",
  );
const unknown = asked.filter((id) => !curriculum.some((lesson) => lesson.id === id));
if (unknown.length > 0) throw new Error(`there is no lesson ${unknown.join(", ")}`);

const titles = new Map();
for (const { id, load, sections } of curriculum) {
  const lesson = await load();
  for (const name of sections) titles.set(`${id}/${name}`, (await loadSection(lesson, name)).title);
}
const exercises = readExercises(join(root, "exercises"));

// The lesson that trains takes as long as all others, so it begins.
const wanted = curriculum
  .filter(({ id }) => asked.length === 0 || asked.includes(id))
  .sort((one, other) => (other.id === "prompting") - (one.id === "prompting"));
const write = async () => {
  for (let entry = wanted.shift(); entry; entry = wanted.shift()) await writePage(entry);
};
await Promise.all([write(), write()]);

async function writePage(entry) {
  const { id } = entry;
  const { text: page, pictures } = lessonPage(steady(await playedEvents(id)), await guideOf(entry));
  const place = join(out, id);
  rmSync(join(place, "images"), { recursive: true, force: true });
  for (const [path, svg] of pictures) save(join(place, path), svg);
  save(join(place, "README.md"), page);
  const kilobytes = Math.round(Buffer.byteLength(page) / 1000);
  console.log(`${id}/README.md: ${kilobytes} kB, ${pictures.size} pictures`);
}

function save(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The events of a lesson that nobody watches, with none of our settings. */
async function playedEvents(id) {
  const own = mkdtempSync(join(tmpdir(), "llm-lab-pages-"));
  try {
    const env = { PATH: process.env.PATH, HOME: own, TMPDIR: own, XDG_STATE_HOME: own };
    const argv = [join(root, "dist/cli.js"), "lesson", id, "--model", "offline"];
    const child = spawn(process.execPath, [...argv, "--format", "jsonl"], {
      env,
      cwd: own,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    const printed = await text(child.stdout);
    const code = await ended;
    if (code !== 0) throw new Error(`the lesson ${id} ended with code ${code}`);
    // Each step has a folder of its own, whose name is new each time.
    const folders = new RegExp(`(?:/private)?${own}/llm-lab-step-\\w+/`, "g");
    return printed
      .replace(folders, "")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Events without what was measured; what is left out is told. */
function steady(events) {
  let section = "";
  const missing = new Set(
    MEASURED.filter((one) => events.some(({ section: id }) => id === one.section)),
  );
  const kept = events.flatMap((event) => {
    if (event.type === "section-start") section = event.section;
    const title = event.title ?? event.label;
    const found = title && MEASURED.find((one) => one.section === section && isTitled(one, title));
    if (!found || event.type === "section-start" || event.type === "step-start") return [event];
    missing.delete(found);
    if (!found.parts)
      return [
        note(
          `“${title}” is measured, so it differs from machine to machine, and is left out here. Play the step to see yours.`,
        ),
      ];
    return [
      withoutParts(event, found.parts),
      note(
        `Where … stands, the figure is measured, and differs from machine to machine. Play the step to see yours.`,
      ),
    ];
  });
  if (missing.size > 0)
    throw new Error(`nothing shown is titled ${[...missing].map(({ title }) => title).join(", ")}`);
  return kept;
}

function note(words) {
  return { type: "note-shown", text: words };
}

function isTitled({ title }, shown) {
  return title instanceof RegExp ? title.test(shown) : title === shown;
}

function withoutParts({ columns, rows, ...table }, parts) {
  const lost = parts.filter(
    (name) => !columns.includes(name) && !rows.some(([head]) => head === name),
  );
  if (lost.length > 0) throw new Error(`"${table.title}" has no ${lost.join(", ")}`);
  const isMeasured = (row, at) => at > 0 && (parts.includes(row[0]) || parts.includes(columns[at]));
  return {
    ...table,
    columns,
    rows: rows.map((row) => row.map((cell, at) => (isMeasured(row, at) ? "…" : cell))),
  };
}

/** What the page says beside the run: what to type, what a section builds on, where to go on. */
async function guideOf({ id, title, about, sections, load }) {
  const lesson = await load();
  const at = curriculum.findIndex((one) => one.id === id);
  const [before, next] = [curriculum[at - 1], curriculum[at + 1]].map(
    (one) => one && { title: one.title, to: `../${one.id}/README.md` },
  );
  const guided = sections.map(async (name) => {
    const section = await loadSection(lesson, name);
    const topic = `${id}/${name}`;
    return {
      id: topic,
      title: section.title,
      set: settingOf(section),
      buildsOn: needs[topic].map((need) => ({ title: titles.get(need), to: linkTo(need, id) })),
      exercises: exercises
        .filter((one) => one.needs.findLast((need) => need.includes("/")) === topic)
        .map(({ title, task, folder }) => {
          return { title, task, to: `../../exercises/${basename(folder)}` };
        }),
    };
  });
  return {
    id,
    title,
    about,
    folder: lesson.folder,
    before,
    next,
    sections: await Promise.all(guided),
  };
}

function linkTo(topic, from) {
  const [lesson, section] = topic.split("/");
  return `${lesson === from ? "" : `../${lesson}/README.md`}#${section}`;
}

/** A value to try in place of the usual one: the next number, or another choice. */
function settingOf({ params }) {
  for (const { name, kind, value } of describeParams(params, {})) {
    const { max, choices } = params[name];
    const other = choices?.find((choice) => choice !== value);
    if (kind === "integer" && (max === undefined || value < max)) return `${name}=${value + 1}`;
    if (kind === "choice" && other !== undefined) return `${name}=${other}`;
  }
  return undefined;
}
