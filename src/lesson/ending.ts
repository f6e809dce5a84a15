import type { EventOf, LabEvent, NextCommand } from "../trace/events.ts";
import { totalsOf } from "../trace/totals.ts";
import type { Lesson } from "./types.ts";

/**
 * How a run of a lesson ends: with what was learnt where all of it was played, and with the
 * command to type next.
 *
 * @param next the command after all that was to be played; a run that stopped early names its own
 */
export function endingOf(of: {
  lesson: Lesson;
  sections: string[];
  events: readonly LabEvent[];
  outcome: EventOf<"lesson-end">["outcome"];
  failed: string[];
  next?: NextCommand;
}): EventOf<"lesson-end"> {
  const { lesson, sections, events, outcome, failed, next } = of;
  const isDone = outcome === "done" || outcome === "partly";
  const isWhole = outcome === "done" && sections.length === Object.keys(lesson.sections).length;
  return {
    type: "lesson-end",
    lesson: lesson.id,
    outcome,
    failed,
    totals: totalsOf(events),
    predictions: scoreOf(events),
    recap: isWhole ? [...lesson.recap] : [],
    whenToUse: isWhole ? [...(lesson.whenToUse ?? [])] : [],
    next: (isDone ? next : resumeAt(events)) ?? null,
  };
}

/** How many predictions were made, and how many were right; if a step ran twice, its first counts. */
function scoreOf(events: readonly LabEvent[]): { right: number; made: number } {
  const verdicts = new Map<string, boolean>();
  let step = "";
  for (const event of events) {
    if (event.type === "step-start") step = event.step;
    if (event.type !== "prediction-judged" || event.right === null) continue;
    if (!verdicts.has(step)) verdicts.set(step, event.right);
  }
  return { right: [...verdicts.values()].filter(Boolean).length, made: verdicts.size };
}

function resumeAt(events: readonly LabEvent[]): NextCommand | undefined {
  const left = events.findLast((event) => event.type === "section-start");
  return left && { command: `llm-lab lesson ${left.section}`, about: "go on where you left" };
}
