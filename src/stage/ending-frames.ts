import { clean } from "../clean.ts";
import { styleProse } from "../term/style.ts";
import { wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { type CallState, totalsText } from "./call-frames.ts";
import type { Look } from "./look.ts";

/** What was learnt, how the learner predicted, what it took, and what to type next. */
export function endingLines(event: EventOf<"lesson-end">, look: Look, state: CallState): string[] {
  const { style, width } = look;
  const { recap, whenToUse, predictions, totals, next } = event;
  return [
    ...listed("What you learnt", recap, look),
    ...listed("When to use which", whenToUse, look),
    "",
    ...wrap(scoreText(predictions), width).filter((line) => line !== ""),
    ...wrap(`${style.strong(outcomeText(event))} ${totalsText(totals, state)}`, width),
    ...(next ? wrap(nextText(next, look), width) : []),
  ];
}

function listed(title: string, points: string[], { style, width }: Look): string[] {
  if (points.length === 0) return [];
  const lines = points.flatMap((point) =>
    wrap(styleProse(point, style), width - 4).map(
      (line, at) => `${at === 0 ? "  • " : "    "}${line}`,
    ),
  );
  return ["", style.strong(title), ...lines];
}

function outcomeText({ outcome, failed }: EventOf<"lesson-end">): string {
  const steps = failed.map((step) => clean(step)).join(", ");
  const partly =
    failed.length === 1
      ? `Done, but the step ${steps} failed.`
      : `Done, but these failed: ${steps}.`;
  return { done: "Done.", partly, quit: "Left early.", failed: "Stopped by an error." }[outcome];
}

function scoreText({ right, made }: EventOf<"lesson-end">["predictions"]): string {
  if (made === 0) return "";
  if (made === 1) return `Your prediction was ${right === 1 ? "right" : "wrong"}.`;
  return `${right} of ${made} predictions were right.`;
}

function nextText(next: NonNullable<EventOf<"lesson-end">["next"]>, { style }: Look): string {
  const about = next.about === "" ? "" : style.faint(` (${clean(next.about)})`);
  return `Next: ${style.strong(clean(next.command))}${about}`;
}
