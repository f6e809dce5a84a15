import { type PlayOptions, play } from "../../src/lesson/play.ts";
import type { Lesson } from "../../src/lesson/types.ts";
import type { Stage } from "../../src/stage/port.ts";
import type { NextCommand, ParamValue } from "../../src/trace/events.ts";
import { offlineSurroundings } from "./play.ts";

/** A lesson of sections that a test makes, with sources as the build gives them. */
export function lessonOf(sections: Record<string, { steps: { title: string }[] }>): Lesson {
  const loaders = Object.entries(sections).map(([id, section]) => {
    const steps = section.steps.map(({ title }) => ({
      name: title.toLowerCase().replaceAll(" ", "-"),
      title,
      prose: "Why.",
      code: { file: `lessons/l/${id}.ts`, line: 1, text: "go();" },
    }));
    const loaded = { default: section, source: { prose: "Why.", steps } };
    return [id, async () => loaded] as const;
  });
  return {
    id: "l",
    title: "L",
    folder: "lessons/l",
    sections: Object.fromEntries(loaders),
    recap: ["Water boils.", "Tea is made of it.", "It is drunk."],
    whenToUse: ["Coffee: in the morning."],
  };
}

/** Plays a lesson, or sections of it, against the offline endpoint. */
export function playAll(
  lesson: Lesson,
  stage: Stage,
  settings: Record<string, Record<string, ParamValue>> = {},
  of: {
    sections?: string[];
    next?: NextCommand;
    countTokens?: (text: string) => number;
  } & Pick<PlayOptions, "writeProgram"> = {},
) {
  return play({
    lesson,
    sections: of.sections ?? Object.keys(lesson.sections),
    settings,
    next: of.next,
    writeProgram: of.writeProgram,
    ...offlineSurroundings(stage, of.countTokens ?? ((text) => text.length)),
    signal: new AbortController().signal,
  });
}
