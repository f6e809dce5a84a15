import { curriculum } from "../../lessons/index.ts";
import type { NextCommand } from "../trace/events.ts";

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
