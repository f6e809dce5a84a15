import type { ParamSpecs } from "../lesson/params.ts";
import type { Lesson, SectionModule } from "../lesson/types.ts";
import type { ParamValue } from "../trace/events.ts";
import type { Progress } from "./progress/record.ts";

/** A prediction that was wrong the last time. */
export interface Due {
  /** such as memory */
  lesson: string;
  /** such as window */
  section: string;
  /** such as forgets */
  step: string;
}

/** Predictions to ask again: the oldest first. */
export function duePredictions({ predictions }: Progress): Due[] {
  return Object.entries(predictions)
    .filter(([, { isRight }]) => !isRight)
    .sort(([, one], [, other]) => one.last.localeCompare(other.last))
    .map(([key]) => {
      const [lesson = "", section = "", step = ""] = key.split("/");
      return { lesson, section, step };
    });
}

/** A lesson of which one section has one step only, under its own name. */
export function lessonOfStep(lesson: Lesson, { section, step }: Due): Lesson {
  const one = async () => {
    const loaded = (await lesson.sections[section]?.()) as SectionModule;
    const found = loaded.source?.steps.find(({ name }) => name === step);
    const steps = loaded.default.steps.filter(({ title }) => title === found?.title);
    return { ...loaded, default: { ...loaded.default, steps } };
  };
  return { ...lesson, sections: { [section]: one } };
}

/**
 * Values other than the usual ones for params that a step reads, so that the same question may have
 * another answer: it is computed by running the step with them.
 *
 * @param read the names of the params that the step's code mentions
 */
export function otherValues(
  specs: ParamSpecs,
  read: readonly string[],
  pick: (count: number) => number,
): Record<string, ParamValue> {
  const able = read.flatMap((name) => {
    const values = valuesFor(specs[name]);
    return values.length > 0 ? [{ name, values }] : [];
  });
  const chosen = able[pick(able.length)];
  if (chosen === undefined) return {};
  return { [chosen.name]: chosen.values[pick(chosen.values.length)] as ParamValue };
}

/** A few valid values near the usual one, as a person might type them. */
function valuesFor(spec: ParamSpecs[string] | undefined): ParamValue[] {
  if (spec === undefined) return [];
  const usual = spec.default;
  const typed =
    typeof usual === "number" && spec.kind === "integer"
      ? [usual + 1, usual + 2, usual - 1].map(String)
      : spec.kind === "choice"
        ? spec.range.replace("one of ", "").split(", ")
        : [];
  return typed
    .map((text) => spec.parse(text))
    .filter((value): value is ParamValue => value !== undefined && value !== usual);
}
