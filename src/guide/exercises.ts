import type { Passage } from "../handbook/passages.ts";
import { keyOf, keysOf } from "../offline/topics.ts";
import { type Exercise, readExercises } from "../workbook/exercises.ts";
import type { SectionLink } from "./sections.ts";

/** Exercises on what a passage is about: by their titles, and those that need its first section. */
export function exercisesOn(passage: Passage, [surest]: readonly SectionLink[]): Exercise[] {
  const names = keysOf(passage);
  const isNamed = ({ title, teaches }: Exercise) =>
    [title, ...teaches].some((name) => names.has(keyOf(name)));
  const section = surest?.step === undefined ? surest?.id : undefined;
  const all = readExercises();
  const named = all.filter(isNamed);
  const needing = all.filter((one) => section !== undefined && one.needs.includes(section));
  return [...new Set([...named, ...needing])];
}

/** Exercises for which a section is needed, by its id. */
export const exercisesNeeding = (section: string): Exercise[] =>
  readExercises().filter(({ needs }) => needs.includes(section));
