import { clean } from "../clean.ts";
import { bar } from "../term/bar.ts";
import { padEnd, truncate, visible, widthOf, wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { shareText } from "../trace/wording.ts";
import { indent, type Look } from "./look.ts";

/** Pieces told apart by bars as well as by colour; a space is shown as a dot in the middle. */
export function tokenLines(pieces: string[], look: Look): string[] {
  const shown = pieces.map((piece, at) => {
    const paint = look.style.series[at % 2] ?? ((text: string) => text);
    return paint(visible(piece));
  });
  return indent(
    wrap(`${shown.join(look.style.faint("|"))}  (${pieces.length} tokens)`, look.width - 2),
    2,
  );
}

/** No bar is longer: the eye should not lose the line. */
const LONGEST_BAR = 50;
/** Where bars would be shorter, notes go on lines of their own. */
const SHORTEST_BAR = 10;

/** Shares as bars of one scale, from nothing to the whole; labels are shown with their spaces. */
export function barLines({ title, bars }: EventOf<"bars-shown">, look: Look): string[] {
  const { width, style } = look;
  const room = width - 4;
  const widest = Math.min(24, Math.max(3, Math.floor(room * 0.35)));
  const labels = bars.map(({ label }) =>
    truncate(label === "" ? "(empty)" : visible(label), widest),
  );
  const margin = Math.max(0, ...labels.map(widthOf)) + 1;
  const notes = bars.map(({ note = "" }) => truncate(clean(note), room - margin));
  const free = room - margin - Math.max(0, ...bars.map((each) => widthOf(shareText(each)) + 1));
  const beside = free - Math.max(0, ...notes.map((note) => (note === "" ? 0 : widthOf(note) + 2)));
  const isBeside = beside >= Math.min(SHORTEST_BAR, free);
  const longest = Math.max(1, Math.min(LONGEST_BAR, isBeside ? beside : free));
  const lines = bars.flatMap((each, at) => {
    const drawn = bar(each.value, longest);
    const share = `${paint(drawn, look)}${drawn === "" ? "" : " "}${shareText(each)}`;
    const line = `${padEnd(labels[at] ?? "", margin)}${share}`;
    const note = notes[at] ?? "";
    if (note === "") return [line];
    return isBeside
      ? [`${line}  ${style.faint(note)}`]
      : [line, " ".repeat(margin) + style.faint(note)];
  });
  const heading = clean(title).replaceAll("\n", "⏎");
  return [...indent(wrap(style.strong(heading), width - 2), 2), ...indent(lines, 4)];
}

function paint(text: string, { style }: Look): string {
  return text === "" ? "" : (style.series[0]?.(text) ?? text);
}
