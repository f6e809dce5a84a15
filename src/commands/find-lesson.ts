import { curriculum } from "../../lessons/index.ts";
import { LabError } from "../errors.ts";
import { loadSection } from "../lesson/load.ts";
import { parseParam, splitSetting } from "../lesson/params.ts";
import type { Lesson, LoadedSection } from "../lesson/types.ts";
import { suggest } from "../suggest.ts";
import type { NextCommand, ParamValue } from "../trace/events.ts";

/** The lesson that a word such as "memory/window" begins with, and the section if it names one. */
export async function findLesson(
  wanted: string | undefined,
): Promise<{ lesson: Lesson; section?: string }> {
  const ids = curriculum.map((entry) => entry.id);
  if (wanted === undefined) {
    throw new LabError(
      "Which lesson?",
      `Name one: llm-lab lesson ${ids[0]}. The lessons are ${ids.join(", ")}.`,
      2,
    );
  }
  const [id = "", section] = wanted.split("/", 2);
  const entry = curriculum.find((candidate) => candidate.id === id);
  if (!entry) {
    const named = curriculum.flatMap(({ id: lesson, sections }) =>
      sections.filter((name) => name === id).map((name) => `${lesson}/${name}`),
    );
    const meant = named.length > 0 ? `Did you mean ${named.join(" or ")}? ` : suggest(id, ids);
    const hint = `${meant}"llm-lab list" shows what there is.`;
    throw new LabError(`There is no lesson "${id}"`, hint, 2);
  }
  return { lesson: await entry.load(), section: section === "" ? undefined : section };
}

export async function loadAll(lesson: Lesson, ids: string[]): Promise<LoadedSection[]> {
  const sections: LoadedSection[] = [];
  for (const id of ids) sections.push(await loadSection(lesson, id));
  return sections;
}

/** The values typed after --set, for every section that has a param of that name. */
export function settingsOf(sections: LoadedSection[], typed: string[]) {
  const settings: Record<string, Record<string, ParamValue>> = {};
  for (const [name, value] of typed.map(splitSetting)) {
    const having = sections.filter((section) => Object.hasOwn(section.params, name));
    if (having.length === 0 && name === "fault") throw faultIsAFlag(value);
    if (having.length === 0)
      parseParam(Object.assign({}, ...sections.map(({ params }) => params)), name, value);
    for (const { id, params } of having) {
      settings[id] = { ...settings[id], [name]: parseParam(params, name, value) };
    }
  }
  return settings;
}

function faultIsAFlag(value: string): LabError {
  return new LabError(
    'There is no param called "fault" here',
    `Replies of any lesson are spoilt by a flag of its own: --fault ${value}.`,
    2,
  );
}

/** What to type after a lesson, or after one section of it: the next in the curriculum's order. */
export function nextAfter(lesson: string, section?: string): NextCommand {
  const at = curriculum.findIndex(({ id }) => id === lesson);
  const sections = curriculum[at]?.sections ?? [];
  const following = section === undefined ? undefined : sections[sections.indexOf(section) + 1];
  if (following) return { command: `llm-lab lesson ${lesson}/${following}`, about: "" };
  const next = curriculum[at + 1];
  if (next) return { command: `llm-lab lesson ${next.id}`, about: next.title };
  return AFTER_ALL;
}

const AFTER_ALL: NextCommand = {
  command: "llm-lab index <folder>",
  about: 'then llm-lab ask "…": all of this on documents of your own',
};
