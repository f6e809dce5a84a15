import type { Block } from "../report/blocks.ts";
import { buildReport } from "../report/build.ts";
import { LIMITS } from "../report/cut.ts";
import { blockMarkup } from "../report/html/blocks.ts";
import { type Markup, markup } from "../report/html/markup.ts";
import { codeBlocks } from "../report/lesson-forms.ts";
import type { EventOf, LabEvent, SourceSlice } from "../trace/events.ts";

/** The code of a step, and what it takes from around it. */
export function codeMarkup(code: SourceSlice): Markup {
  return markup`${codeBlocks(code, (text) => text).map(blockMarkup)}`;
}

/**
 * What came of a step, as HTML: its calls with their prompts, and what it showed.
 *
 * @param events those of its run, from `run-start` on
 */
export function resultMarkup(events: readonly LabEvent[], step: string): Markup {
  const shown = blocksOf(events, step);
  const begun = events.findIndex((event) => event.type === "step-start" && event.step === step);
  // What the page shows anyway: prose and code.
  const before = blocksOf(events.slice(0, begun + 1), step).length;
  const isBrief = begun >= 0 && (events[begun] as EventOf<"step-start">).brief;
  const result = isBrief ? shown.slice(before) : shown.slice(before).map(unfolded);
  return markup`${result.map(blockMarkup)}`;
}

/** Calls are open, as the terminal shows them; other folds stay shut. */
function unfolded(block: Block): Block {
  if (block.type !== "fold") return block;
  const isCall = block.id?.startsWith("call-") ?? false;
  return { ...block, isOpen: block.isOpen || isCall, blocks: block.blocks.map(unfolded) };
}

function blocksOf(events: readonly LabEvent[], step: string): Block[] {
  const start = events.find((event) => event.type === "step-start" && event.step === step);
  if (start?.type !== "step-start") return [];
  const title = `Step ${start.place} of ${start.of} · ${start.title}`;
  const limits = LIMITS[0];
  if (!limits) throw new Error("a report has no limits");
  const { parts } = buildReport(events, limits);
  const found = parts.flatMap((part) => part.parts).find((part) => part.title === title);
  return found?.blocks ?? [];
}
