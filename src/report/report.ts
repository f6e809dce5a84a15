import type { LabEvent } from "../trace/events.ts";
import { buildReport } from "./build.ts";
import { LIMITS } from "./cut.ts";
import { htmlOf } from "./html/document.ts";
import { markdownOf } from "./markdown.ts";

export type ReportFormat = "html" | "markdown";

interface About {
  format: ReportFormat;
  now: Date;
  version: string;
  /** how the whole of the run can be had, where something was left out */
  whole: string;
}

/** Bytes: a report that is longer takes long to open on a phone. */
const MOST_BYTES = 1_400_000;

const WRITERS = { html: htmlOf, markdown: markdownOf };

/**
 * A run as one file: no request, no script. What is too long is cut, and the report says so.
 *
 * @throws BrokenEvent for an event that lacks what its type has
 */
export function reportOf(
  events: readonly LabEvent[],
  { format, now, version, whole }: About,
): string {
  const written = `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  let text = "";
  for (const limits of LIMITS.slice(isHuge(events) ? HUGE : 0)) {
    const report = buildReport(events, limits);
    const left = report.left.map((sentence) => `${sentence} ${whole}`);
    const made = WRITERS[format]({ ...report, left }, { written, version });
    // Half of a pair is no character: no file can hold it.
    text = made.replace(/\p{Surrogate}/gu, "\uFFFD");
    if (Buffer.byteLength(text) <= MOST_BYTES) break;
  }
  return text;
}

/** Where to begin with a run whose calls alone are far too much. */
const HUGE = 2;

function isHuge(events: readonly LabEvent[]): boolean {
  let size = 0;
  for (const event of events)
    if (event.type === "call-start" || event.type === "call-end")
      size += JSON.stringify(event).length;
  return size > 8 * MOST_BYTES;
}
