import { readFileSync } from "node:fs";
import { curriculum } from "../../lessons/index.ts";
import { LabError } from "../errors.ts";
import { chooseSections, loadSection } from "../lesson/load.ts";
import { choice, describeParams, nearest, parseParam, splitSetting } from "../lesson/params.ts";
import type { Lesson, LoadedSection } from "../lesson/types.ts";
import { FAULTS, type Fault } from "../model/fault.ts";
import type { CommonOptions, Io } from "../run/io.ts";
import type { ParamValue } from "../trace/events.ts";
import { paramList } from "./params.ts";

/** Plays a lesson, or one section of it; returns the exit code. */
export async function playLesson(
  wanted: string | undefined,
  options: CommonOptions & { params?: boolean },
  io: Io,
): Promise<number> {
  const { lesson, section } = await findLesson(wanted);
  const sections = chooseSections(lesson, section);
  if (options.params) {
    for (const id of sections) {
      const { id: name, params } = await loadSection(lesson, id);
      io.stdout.write(paramList(name, describeParams(params, {})));
    }
    return 0;
  }
  const loaded = await loadAll(lesson, (options.set ?? []).length > 0 ? sections : []);
  const fault = faultIn(loaded, options.set ?? []);
  const settings = settingsOf(
    loaded,
    (options.set ?? []).filter((typed) => fault === undefined || !isFault(typed)),
  );
  const file = options.file === undefined ? undefined : readOwnFile(options.file);
  const { openRun } = await import("../run/open.ts");
  const run = await openRun({ ...options, fault }, io);
  try {
    const { play } = await import("../lesson/play.ts");
    const { kitOpener } = await import("../kits/all.ts");
    const { agreeToCost } = await import("../run/estimate.ts");
    const planned = { lesson, sections, settings, file };
    if (!(await agreeToCost(run, planned, options.yes ?? false))) return 0;
    const openKit = kitOpener(run.ports, "open");
    const outcome = await play({ ...run, openKit, lesson, sections, settings, file });
    return outcome === "failed" ? 1 : 0;
  } finally {
    await run.close();
  }
}

function readOwnFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new LabError(
      `The file ${path} cannot be read: ${(error as Error).message}`,
      "Check the path after --file.",
      2,
    );
  }
}

async function findLesson(
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
    const hint = `Did you mean ${nearest(id, ids)}? "llm-lab list" shows what there is.`;
    throw new LabError(`There is no lesson "${id}"`, hint, 2);
  }
  return { lesson: await entry.load(), section: section === "" ? undefined : section };
}

async function loadAll(lesson: Lesson, ids: string[]): Promise<LoadedSection[]> {
  const sections: LoadedSection[] = [];
  for (const id of ids) sections.push(await loadSection(lesson, id));
  return sections;
}

const isFault = (typed: string) => /^\s*fault\s*=/.test(typed);

/** `--set fault=…` spoils the replies of any lesson, unless a section has a param of that name. */
function faultIn(sections: LoadedSection[], typed: string[]): Fault | undefined {
  const setting = typed.findLast(isFault);
  if (setting === undefined || sections.some(({ params }) => Object.hasOwn(params, "fault")))
    return undefined;
  const fault = choice({ default: "none", choices: FAULTS, help: "" });
  return parseParam({ fault }, "fault", splitSetting(setting)[1]) as Fault;
}

/** The values typed after --set, for every section that has a param of that name. */
function settingsOf(sections: LoadedSection[], typed: string[]) {
  const settings: Record<string, Record<string, ParamValue>> = {};
  for (const [name, value] of typed.map(splitSetting)) {
    const having = sections.filter((section) => Object.hasOwn(section.params, name));
    if (having.length === 0)
      parseParam(Object.assign({}, ...sections.map(({ params }) => params)), name, value);
    for (const { id, params } of having) {
      settings[id] = { ...settings[id], [name]: parseParam(params, name, value) };
    }
  }
  return settings;
}
