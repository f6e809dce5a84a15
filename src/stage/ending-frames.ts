import { clean } from "../clean.ts";
import { styleProse } from "../term/style.ts";
import { wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { outcomeText, scoreText, totalsText } from "../trace/wording.ts";
import type { CallState } from "./call-frames.ts";
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

function nextText(next: NonNullable<EventOf<"lesson-end">["next"]>, { style }: Look): string {
  const about = next.about === "" ? "" : style.faint(` (${clean(next.about)})`);
  return `Next: ${style.strong(clean(next.command))}${about}`;
}
