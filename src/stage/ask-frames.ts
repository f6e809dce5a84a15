import { clean } from "../clean.ts";
import { countOf } from "../format.ts";
import { wrap } from "../term/text.ts";
import type { EventOf, FoundPassage } from "../trace/events.ts";
import { placeOf, totalsText } from "../trace/wording.ts";
import type { CallState } from "./call-frames.ts";
import { banner } from "./heading-frames.ts";
import { indent, type Look } from "./look.ts";

export function askStartLines(event: EventOf<"ask-start">, look: Look, state: CallState): string[] {
  return banner(clean(event.question).replace(/\s+/g, " "), state.why, look);
}

export function askEndLines(event: EventOf<"ask-end">, look: Look, state: CallState): string[] {
  const { answered, cited, others, nearest, totals } = event;
  const more =
    others === 0
      ? ""
      : `${countOf(others, cited.length > 0 ? "more passage" : "passage")} ${others === 1 ? "was" : "were"} given${answered ? "" : ", and had no answer"} (--show-prompt shows what was sent)`;
  return [
    ...(cited.length > 0 ? [""] : []),
    ...cited.flatMap((passage) => sourceLines(passage, look)),
    ...nearestLines(nearest, look),
    "",
    ...(more === "" ? [] : wrap(look.style.faint(more), look.width)),
    ...(totals.calls === 0 ? [] : wrap(look.style.faint(totalsText(totals, state)), look.width)),
  ];
}

/** Where to look where nothing answers: each passage, and what it says. */
function nearestLines(nearest: EventOf<"ask-end">["nearest"], look: Look): string[] {
  if (nearest.length === 0) return [];
  const heading = nearest.length === 1 ? "The nearest passage:" : "The nearest passages:";
  return [
    "",
    heading,
    ...nearest.flatMap(({ passage, sentence }) => [
      ...sourceLines(passage, look),
      ...indent(wrap(look.style.faint(shortened(clean(sentence))), look.width - 4), 4),
    ]),
  ];
}

const LONGEST = 160;

const shortened = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

/** "[1] guide.md, line 12: Tyres (0.62)", and where it lies. */
function sourceLines(passage: FoundPassage, look: Look): string[] {
  const { number, heading, score } = passage;
  const under = heading === "" ? "" : `: ${heading}`;
  const text = `${placeOf(passage)}${under}`;
  const mark = `[${number}] `;
  return wrap(
    `${clean(text).replaceAll("\n", " ")} ${look.style.faint(`(${score.toFixed(2)})`)}`,
    look.width - mark.length,
  ).map((line, at) => (at === 0 ? look.style.strong(mark) : " ".repeat(mark.length)) + line);
}
