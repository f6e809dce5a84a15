import { type Style, styleProse } from "../term/style.ts";
import { padEnd, widthOf, wrap } from "../term/text.ts";

/** Where a page is printed. */
export interface Page {
  width: number;
  style: Style;
}

/** What can be typed or looked up next, and what for. */
export type Entry = [what: string, about: string];

/** Entries under one label. */
export interface Row {
  label: string;
  entries: Entry[];
  /** how many more there are */
  left?: number;
}

const LABEL = 11;
/** From here on what an entry is about stands beside it. */
const WIDE = 72;
const WIDEST_ENTRY = 45;

/** Rows of entries: beside their labels where there is room, and else below them. */
export function rowLines(rows: readonly Row[], page: Page): string[] {
  return rows
    .filter(({ entries }) => entries.length > 0)
    .flatMap((row) => (page.width < WIDE ? stacked(row, page) : beside(row, page)));
}

export const faint = (text: string, { width, style }: Page): string[] =>
  wrap(text, width).map((line) => style.faint(line));

export const title = (text: string, { width, style }: Page): string[] =>
  wrap(text, width).map((line) => style.title(line));

export const prose = (text: string, { width, style }: Page): string[] =>
  wrap(styleProse(text, style), Math.min(width, MOST_PROSE));

/** Lines of prose that are longer are hard to read. */
const MOST_PROSE = 100;

function beside({ label, entries, left }: Row, { width, style }: Page): string[] {
  const short = entries.map(([what]) => widthOf(what)).filter((columns) => columns <= WIDEST_ENTRY);
  const room = Math.max(0, ...short) + 2;
  const lines = entries.flatMap(([what, about]) => {
    if (widthOf(what) + 2 > room || about === "")
      return [
        ...wrap(what, width - LABEL),
        ...told(about, width - LABEL - 4).map((line) => `    ${style.faint(line)}`),
      ];
    const [first = "", ...more] = wrap(about, width - LABEL - room);
    const rest = more.map((line) => " ".repeat(room) + style.faint(line));
    return [padEnd(what, room) + style.faint(first), ...rest];
  });
  if (left) lines.push(style.faint(`and ${left} more`));
  return lines.map((line, at) => style.strong(padEnd(at === 0 ? label : "", LABEL)) + line);
}

function stacked({ label, entries, left }: Row, { width, style }: Page): string[] {
  const lines = entries.flatMap(([what, about]) => [
    ...wrap(what, width - 2).map((line) => `  ${line}`),
    ...told(about, width - 4).map((line) => `    ${style.faint(line)}`),
  ]);
  if (left) lines.push(`  ${style.faint(`and ${left} more`)}`);
  return [style.strong(label), ...lines];
}

const told = (about: string, width: number): string[] => (about === "" ? [] : wrap(about, width));
