import { cleanAll } from "../clean.ts";
import { countOf } from "../format.ts";
import type { LabEvent } from "../trace/events.ts";
import type { Report } from "./blocks.ts";
import { tellOpenCalls } from "./call-forms.ts";
import type { Limits } from "./cut.ts";
import { isKnown, tell } from "./forms.ts";
import { type Manner, Page } from "./page.ts";
import { summaryParts } from "./summary.ts";
import { tellUnfinished } from "./work-forms.ts";

/** An event that lacks what its type has; `at` is its place in the run, from 0. */
export class BrokenEvent extends Error {
  readonly at: number;

  constructor(at: number, type: string, cause: unknown) {
    super(`event ${at + 1} of the run, ${type}, cannot be told`, { cause });
    this.name = "BrokenEvent";
    this.at = at;
  }
}

/** A run as a report, as long as the limits let it be. @throws BrokenEvent */
export function buildReport(
  events: readonly LabEvent[],
  limits: Limits,
  manner: Manner = "run",
): Report {
  const cleaned = events.map(cleanAll);
  const page = new Page(limits, manner, predictionsOf(cleaned));
  for (const [at, event] of cleaned.entries()) {
    try {
      tell(event, page);
    } catch (cause) {
      throw new BrokenEvent(at, event.type, cause);
    }
  }
  tellOpenCalls(page);
  tellUnfinished(page);
  page.closeSection();
  const idFor = (name: string) => page.idFor(name);
  const parts = manner === "lesson" ? [] : summaryParts(cleaned, page.costs, idFor);
  const report = page.finish();
  const strange = cleaned.filter(({ type }) => !isKnown(type)).map(({ type }) => type);
  const left = strange.length > 0 ? [strangeText(strange), ...report.left] : report.left;
  return { ...report, left, parts: [...report.parts, ...parts] };
}

/** The questions that are judged later: the first of each step that has a prediction. */
function predictionsOf(events: readonly LabEvent[]): Set<LabEvent> {
  const found = new Set<LabEvent>();
  let asked: LabEvent | undefined;
  for (const event of events) {
    if (event.type === "step-start") asked = undefined;
    if (event.type === "question-asked") asked ??= event;
    if (event.type === "prediction-judged" && asked) found.add(asked);
  }
  return found;
}

function strangeText(types: readonly string[]): string {
  const names = [...new Set(types)].slice(0, 5).join(", ");
  return `${countOf(types.length, "event")} of a kind that this llm-lab does not know: ${names}.`;
}
