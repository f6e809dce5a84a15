import type { Progress } from "./record.ts";

/**
 * Of the sections that a section builds on, those that the learner has not opened yet. Who is done
 * with a topic, for example by its last exercise, knows its sections.
 *
 * @param done the topics that are done, by id
 */
export function unseen(
  needs: readonly string[],
  progress: Progress,
  done: ReadonlySet<string>,
): string[] {
  return needs.filter(
    (id) => progress.sections[id] === undefined && !done.has(id.split("/")[0] ?? ""),
  );
}

/**
 * A line for somebody who opens a section before what it builds on; undefined where they did not.
 */
export function hintOf(...of: Parameters<typeof unseen>): string | undefined {
  const before = unseen(...of);
  if (before.length === 0) return undefined;
  return `This builds on ${before.join(" and ")}, which you have not opened yet.`;
}

/**
 * What stands behind a section in a list: that it was played, else what it builds on and was not
 * opened yet. What stands right above it goes without saying.
 *
 * @param all what each section builds on, in the order of the list
 */
export function stateOf(
  id: string,
  all: Readonly<Record<string, readonly string[]>>,
  progress: Progress,
  done: ReadonlySet<string>,
): string {
  if (progress.sections[id]?.done) return " (played)";
  const ids = Object.keys(all);
  const above = ids[ids.indexOf(id) - 1];
  const before = unseen(all[id] ?? [], progress, done).filter((needed) => needed !== above);
  return before.length === 0 ? "" : ` (after ${before.join(", ")})`;
}
