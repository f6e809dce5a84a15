import type { Block } from "../report/blocks.ts";
import { buildReport } from "../report/build.ts";
import { LIMITS } from "../report/cut.ts";
import { blockMarkup } from "../report/html/blocks.ts";
import { type Markup, markup } from "../report/html/markup.ts";
import { codeBlocks } from "../report/lesson-forms.ts";
import type { LabEvent, SourceSlice } from "../trace/events.ts";

/** The code of a step, and what it takes from around it. */
export function codeMarkup(code: SourceSlice): Markup {
  return markup`${codeBlocks(code, (text) => text).map(blockMarkup)}`;
}

/**
 * What came of a step, as HTML: its calls with their prompts, and what it showed.
 *
 * @param events those of its run, from `run-start` on
 * @param language of the lesson's prose; all else that a report says is English
 */
export function resultMarkup(events: readonly LabEvent[], step: string, language = "en"): Markup {
  const begun = events.findIndex((event) => event.type === "step-start" && event.step === step);
  const start = events[begun];
  if (start?.type !== "step-start") return markup``;
  const head = events.slice(
    0,
    events.findIndex(({ type }) => type === "step-start"),
  );
  const after = events.slice(begun + 1);
  const end = after.findIndex(({ type }) => ENDS_STEP.includes(type));
  const own = end < 0 ? after : after.slice(0, end);
  // What the page shows anyway: prose and code.
  const before = blocksOf([...head, start]).length;
  const result = blocksOf([...head, start, ...own]).slice(before);
  return markup`${(start.brief ? result : result.map(unfolded)).map((block) =>
    block.type === "prose" && language !== "en"
      ? markup`<div lang="${language}">${blockMarkup(block)}</div>`
      : blockMarkup(block),
  )}`;
}

/** What follows a step; `step-end` is its own. */
const ENDS_STEP: LabEvent["type"][] = ["step-start", "section-end", "lesson-end"];

/** Calls are open, as the terminal shows them; other folds stay shut. */
function unfolded(block: Block): Block {
  if (block.type !== "fold") return block;
  const isCall = block.id?.startsWith("call-") ?? false;
  return { ...block, isOpen: block.isOpen || isCall, blocks: block.blocks.map(unfolded) };
}

/** The blocks of a run of one step. */
function blocksOf(events: readonly LabEvent[]): Block[] {
  const { parts } = buildReport(events, LIMITS[0]);
  return parts[0]?.parts[0]?.blocks ?? [];
}
