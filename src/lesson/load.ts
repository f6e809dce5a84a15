import { LabError } from "../errors.ts";
import { suggest } from "../suggest.ts";
import type { Lesson, LoadedSection, SectionModule } from "./types.ts";

/** The ids of the sections that are wanted: one by name, or all of them. */
export function chooseSections(lesson: Lesson, wanted?: string): string[] {
  const ids = Object.keys(lesson.sections);
  if (wanted === undefined) return ids;
  if (ids.includes(wanted)) return [wanted];
  throw new LabError(
    `The lesson ${lesson.id} has no section "${wanted}"`,
    `${suggest(wanted, ids, `${lesson.id}/`)}Its sections are ${ids.join(", ")}.`,
    2,
  );
}

/** Loads a section, with what its source says about it. */
export async function loadSection(lesson: Lesson, id: string): Promise<LoadedSection> {
  const file = `${lesson.folder}/${id}.ts`;
  const loaded = (await lesson.sections[id]?.()) as SectionModule | undefined;
  if (loaded?.source === undefined) throw new Error(`${file} was compiled without its source`);
  const { default: section, source } = loaded;
  const steps = section.steps.map((step) => {
    const found = source.steps.find((candidate) => candidate.title === step.title);
    if (!found) throw new Error(`${file} has no step titled "${step.title}"`);
    const { name, title, prose, code } = found;
    const expectations = step.expectations.map((one) => {
      const line = found.expects.find(({ claim }) => claim === one.claim)?.line;
      if (line === undefined) throw new Error(`${file} has no line that says "${one.claim}"`);
      return { ...one, line };
    });
    return { id: `${lesson.id}/${id}/${name}`, title, prose, code, expectations, step };
  });
  const { title, params, kits, short } = section;
  return { id: `${lesson.id}/${id}`, title, prose: source.prose, params, kits, short, steps };
}
