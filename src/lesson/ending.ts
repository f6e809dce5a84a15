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
  const ids = sections.map((name) => `${lesson.id}/${name}`);
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
    next: (isDone ? next : resumeAt(events, ids, next)) ?? null,
  };
}

/**
 * How many predictions were made, and how many were right; if a step ran twice, its first counts.
 */
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

/** The step that was not played to its end; after a section's last one, what follows it. */
function resumeAt(
  events: readonly LabEvent[],
  sections: readonly string[],
  next: NextCommand | undefined,
): NextCommand | undefined {
  const left = events.findLast((event) => event.type === "section-start");
  const step = events.findLast((event) => event.type === "step-start");
  if (!left) return undefined;
  const isPlayed = events.findLast((event) => event.type === "step-end")?.step === step?.step;
  if (!step || !isPlayed) return goOn(left.section, step?.place);
  if (step.place < step.of) return goOn(left.section, step.place + 1);
  const following = sections[sections.indexOf(left.section) + 1];
  return following === undefined ? next : goOn(following);
}

function goOn(section: string, step = 1): NextCommand {
  const from = step > 1 ? ` --step ${step}` : "";
  return { command: `llm-lab lesson ${section}${from}`, about: "go on where you left" };
}
