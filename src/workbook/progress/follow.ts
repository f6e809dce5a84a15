import type { LabEvent } from "../../trace/events.ts";
import type { ProgressFile } from "./file.ts";
import type { Progress } from "./record.ts";

/**
 * Writes down what a learner does in a lesson, from the events of its run: the steps that they
 * reach, what they predicted, the sections that they play to the end.
 *
 * @returns what takes each event; it ends when that is written
 */
export function followLesson(
  file: ProgressFile,
  now: () => Date,
): (event: LabEvent) => Promise<void> {
  let section = "";
  let step = 0;
  let of = 0;
  let id = "";
  return async (event) => {
    if (event.type === "section-start") section = event.section;
    if (event.type === "step-start") ({ place: step, of, step: id } = event);
    const at = now().toISOString();
    const change =
      event.type === "prediction-judged"
        ? predictionChange(id, event.right, at)
        : changeFor(event, { section, step, at }, step === of);
    if (change) await file.update(change);
  };
}

interface Here {
  section: string;
  step: number;
  at: string;
}

function changeFor(
  event: LabEvent,
  here: Here,
  isLast: boolean,
): ((progress: Progress) => void) | undefined {
  const { section, step, at } = here;
  switch (event.type) {
    case "step-start":
      return (progress) => {
        const before = progress.sections[section];
        const furthest = Math.max(before?.step ?? 0, step);
        progress.sections[section] = { ...before, step: furthest, of: event.of, last: at };
        progress.here = here;
      };
    case "step-end":
      // Who leaves after the last step has played the section.
      return isLast ? done(here) : undefined;
    case "section-end":
      return done(here);
    default:
      return undefined;
  }
}

function done({ section, at }: Here): (progress: Progress) => void {
  return (progress) => {
    const record = progress.sections[section];
    if (record) record.done ??= at;
    if (progress.here?.section === section) progress.here = undefined;
  };
}

/**
 * Writes down whether a prediction was right; nothing where the learner made none.
 *
 * @param step such as memory/window/forgets
 */
export function predictionChange(
  step: string,
  isRight: boolean | null,
  at: string,
): ((progress: Progress) => void) | undefined {
  if (isRight === null) return undefined;
  return ({ predictions }) => {
    const { right = 0, wrong = 0 } = predictions[step] ?? {};
    predictions[step] = {
      right: right + (isRight ? 1 : 0),
      wrong: wrong + (isRight ? 0 : 1),
      isRight,
      last: at,
    };
  };
}
