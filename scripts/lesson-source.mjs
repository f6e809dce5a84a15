import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { readCatalogue } from "./catalogue.mjs";
import { onceFor } from "./once.mjs";
import { readProgram, readUses } from "./program/read-program.mjs";
import { checkLesson, readSection, readTitle } from "./read-section.mjs";
import { readTopics } from "./read-topics.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Modules that are no files, with Rolldown's mark for such. */
const TITLES = "\0lab:titles";
const TOPICS = "\0lab:topics";
const PARTS = "\0lab:parts:";

/**
 * Gives every section's module what a page shows of its file, as an export called `source`, so
 * that the code on
 * the page is the code that ran: both come out of one read of one file. A file that cannot be
 * shown so fails the build.
 * Beside it stands `parts`, which loads what programs of the section's steps are put together from.
 * The titles of all sections are a module of their own, so that the menu need not load the lessons,
 * and so is what `llm-lab help` finds sections by.
 * A translation (PO) that a lesson imports is its texts that are not stale, by the English ones.
 * A table (CSV) that a lesson imports, and a chapter of the handbook (Markdown), is the text of
 * its file.
 * A plugin for Rolldown (the build) and Vite (the tests).
 */
export function lessonSource() {
  const kits = readdirSync(new URL("../src/kits", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const sourceOf = onceFor((code, file) => readSection(code, file, kits));
  const partsOf = (file) =>
    readProgram(root, file, sourceOf(readFileSync(`${root}${file}`, "utf8"), file));
  const dataOf = (id) => {
    if (id === TITLES) return sectionTitles();
    if (id === TOPICS) return sectionTopics(sourceOf);
    if (id.endsWith(".po")) return readCatalogue(readFileSync(id, "utf8"));
    return id.startsWith(PARTS) ? partsOf(id.slice(PARTS.length)) : readFileSync(id, "utf8");
  };
  return {
    name: "lesson-source",
    enforce: "pre",
    resolveId: {
      filter: { id: /^lab:(?:titles$|topics$|parts:)/ },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: /^\0lab:|\.csv$|\.po$|[\\/]handbook[\\/][\w-]+\.md$/ },
      handler: (id) => ({
        code: `export default ${JSON.stringify(dataOf(id))};`,
        moduleType: "js",
      }),
    },
    transform: {
      filter: { id: /[\\/]lessons[\\/][\w-]+[\\/][\w-]+\.ts$/ },
      handler(code, id) {
        const file = relative(root, id).replaceAll("\\", "/");
        if (file.endsWith("/lesson.ts")) return checkLesson(code, file);
        const source = sourceOf(code, file);
        if (!source) return undefined;
        const uses = readUses(root, file, source, code);
        const steps = source.steps.map((step, at) => ({
          ...step,
          code: { ...step.code, uses: uses[at] },
        }));
        return [
          code,
          `export const source = ${JSON.stringify({ ...source, steps })};`,
          `export const parts = () => import("lab:parts:${file}");`,
          "",
        ].join("\n");
      },
    },
  };
}

/** The titles of sections by their ids: "memory/window". */
function sectionTitles() {
  return Object.fromEntries(sections().map(({ id, title }) => [id, title]));
}

/** What `llm-lab help` finds sections by, by their ids. */
function sectionTopics(sourceOf) {
  const read = ({ code, file }) => readTopics(code, file, sourceOf(code, `lessons/${file}`));
  return Object.fromEntries(sections().map((one) => [one.id, read(one)]));
}

/** The files of lessons that make a section. */
function sections() {
  const lessons = new URL("../lessons/", import.meta.url);
  return readdirSync(lessons, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /^[\w-]+\/[\w-]+\.ts$/.test(file))
    .map((file) => ({
      file,
      id: file.replace(/\.ts$/, ""),
      code: readFileSync(new URL(file, lessons), "utf8"),
    }))
    .map((one) => ({ ...one, title: titleOf(one.code, one.file) }))
    .filter(({ title }) => title !== undefined);
}

const titleOf = onceFor(readTitle);
