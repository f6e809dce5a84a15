import { progressBar } from "../term/bar.ts";
import { clean, truncate, widthOf } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { progressLine } from "./index-frames.ts";
import type { LiveProgress } from "./live-block.ts";
import { indent, type Look } from "./look.ts";
import { duration, joined, trainingBlock } from "./training-frames.ts";

/** How far a piece of work has come, as the live block shows it. */
export interface CountProgress {
  counted: EventOf<"progress-start">;
  done: number;
  /** milliseconds that are left, null while nobody can tell */
  leftMs: number | null;
}

/** What the frames of a piece of work must know of the events before it. */
export interface ProgressState {
  work: { start: EventOf<"progress-start">; quarter: number } | undefined;
}

/** A line that fills the screen cannot be erased to its end. */
const MARGINS = 3;

export function liveLines(progress: LiveProgress, look: Look, height: number): string[] {
  if ("indexed" in progress) return [progressLine(progress.indexed, look.width, look.style)];
  return "counted" in progress ? countLines(progress, look) : trainingBlock(progress, look, height);
}

function countLines({ counted, done, leftMs }: CountProgress, look: Look): string[] {
  const { style, width } = look;
  const share = counted.of > 0 ? done / counted.of : 0;
  const name = truncate(clean(counted.title), Math.floor(width / 3));
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const [full, rest] = progressBar(share, Math.max(4, width - widthOf(name) - 7 - MARGINS));
  const left = leftMs === null ? "" : ` · ${duration(leftMs, 0)} left`;
  return [
    "",
    `  ${style.strong(name)} ${style.good(full)}${style.faint(rest)} ${percent}`,
    `  ${truncate(`${count(done)} of ${count(counted.of)} ${counted.unit}${left}`, width - MARGINS)}`,
  ];
}

export function progressStartLines(
  event: EventOf<"progress-start">,
  _look: Look,
  state: ProgressState,
): string[] {
  state.work = { start: event, quarter: 0 };
  return [];
}

/** A line at each quarter, where nothing can be drawn anew. */
export function progressStepLines(
  event: EventOf<"progress-step">,
  look: Look,
  state: ProgressState,
): string[] {
  const { work } = state;
  const quarter = Math.floor((event.done / event.of) * 4);
  if (!work || quarter <= work.quarter || quarter > 3) return [];
  work.quarter = quarter;
  const parts = [
    `${clean(work.start.title)}  ${`${quarter * 25} %`.padStart(5)}`,
    `${count(event.done)}/${count(event.of)} ${work.start.unit}`,
  ];
  return indent(joined(parts, "  ", look.width - 2), 2);
}

export function progressEndLines(
  event: EventOf<"progress-end">,
  look: Look,
  state: ProgressState,
): string[] {
  const { work } = state;
  if (!work) return [];
  const parts = [
    `${look.style.good("✓")} ${clean(work.start.title)}`,
    `${count(event.done)} ${work.start.unit}`,
    duration(event.ms),
  ];
  return indent(joined(parts, " · ", look.width - 2), 2);
}

const count = (value: number) => Math.round(value).toLocaleString("en-US");
