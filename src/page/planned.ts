import { curriculum } from "../../lessons/index.ts";
import { LabError } from "../errors.ts";
import { loadSection } from "../lesson/load.ts";
import { parseParam } from "../lesson/params.ts";
import type { PlayOptions } from "../lesson/play.ts";
import type { Answer, Question, Stage } from "../stage/port.ts";
import type { Emit } from "../trace/events.ts";
import type { PlayOrder } from "./orders.ts";

/** How a page shows what a run tells it, and asks. */
export interface Shown {
  emit: Emit;
  ask: Stage["ask"];
  /** aborted when the page no longer listens */
  signal: AbortSignal;
}

type Planned = Pick<PlayOptions, "lesson" | "sections" | "start" | "end" | "settings">;

/**
 * What is to be played for an order of a page.
 *
 * @throws LabError where there is no such section, or a param does not take what was typed
 */
export async function plannedBy(order: PlayOrder): Promise<Planned> {
  const { lesson: id, section, first, last, params } = order;
  const lesson = await curriculum.find((one) => one.id === id)?.load();
  if (!lesson || !Object.hasOwn(lesson.sections, section))
    throw new LabError(`There is no section ${id}/${section}`, "Open a page of the contents.");
  const { params: specs } = await loadSection(lesson, section);
  const values = Object.entries(params).map(([name, typed]) => [
    name,
    parseParam(specs, name, typed),
  ]);
  const settings = { [`${id}/${section}`]: Object.fromEntries(values) };
  return { lesson, sections: [section], start: first, end: last, settings };
}

/** What a page answers; null where the learner went on without an answer. */
export const answerOf = (value: string | null): Answer =>
  value === null ? { value, by: "nobody" } : { value, by: "learner" };

/** Asks the learner only what a page can ask: where to go they tell with its buttons. */
export function withoutMoves(ask: Stage["ask"]): Stage["ask"] {
  return async (question: Question) =>
    question.kind === "move" ? { value: question.fallback, by: "list" } : ask(question);
}
