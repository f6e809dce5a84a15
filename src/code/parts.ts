import type { Lesson } from "../lesson/types.ts";

/**
 * What programs of a section's steps are put together from, as scripts/program reads it when the
 * section is built.
 */
export interface SectionParts {
  steps: StepParts[];
  /** all steps that a program can do, in order; undefined where there is none */
  section?: ProgramParts;
  /** declarations as JavaScript; the programs name them by their places */
  texts: string[];
}

interface StepParts {
  name: string;
  title: string;
  /** the step as a function of its name, with its prose above it */
  text: string;
  /** why no program can do what it does, in a sentence without its stop */
  refused?: string;
  /** of this step alone */
  program?: ProgramParts;
}

/** One program. */
export interface ProgramParts {
  /** as they are written */
  imports: string[];
  /** the packages to install: "@langchain/openai@1.5.8" */
  packages: string[];
  /** values that depend on the run's settings, by name */
  settings: string[];
  /** the params that it reads; undefined where it may read any */
  params?: string[];
  /** places of what stands above the steps, and of what stands below them */
  top: number[];
  bottom: number[];
  /** the names of its steps */
  steps: string[];
}

/**
 * Loads the parts of a section's programs; scripts/lesson-source.mjs puts them beside the section.
 */
export async function loadParts(lesson: Lesson, section: string): Promise<SectionParts> {
  const module = (await lesson.sections[section]?.()) as
    | { parts?(): Promise<{ default: SectionParts }> }
    | undefined;
  if (!module?.parts)
    throw new Error(`${lesson.folder}/${section}.ts was compiled without its parts`);
  return (await module.parts()).default;
}
