import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { clean } from "../clean.ts";

/** Columns that a text takes, wide characters and escape codes considered. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/**
 * Characters of one column each. Most text has no others, and measuring the rest takes a hundred
 * times as long.
 */
const PLAIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02af‘’“”…→·×─-╿▀-▟⠀-⣿⏎▸»●▲■◆]*$/;

/**
 * Breaks text between words into lines of at most `width` columns; a word longer than a line is
 * broken inside.
 */
export function wrap(text: string, width: number): string[] {
  const columns = Math.max(1, width);
  return text.split("\n").flatMap((line) => wrapLine(line, columns));
}

// Escape codes may stand around the space at which a line was broken.
const CODES = String.raw`((?:\x1b\[[\d;]*m)*)`;
const SPACE_AT_START = new RegExp(`^${CODES} `);
const SPACE_AT_END = new RegExp(` +${CODES}$`);

function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  return wrapAnsi(line, width, { hard: true, trim: false })
    .split("\n")
    .map((part, at) =>
      (at === 0 ? part : part.replace(SPACE_AT_START, "$1")).replace(SPACE_AT_END, "$1"),
    );
}

/** Cuts a text of one line to `width` columns, with a mark where it was cut. */
export function truncate(text: string, width: number): string {
  const line = text.replace(/\s*\n\s*/g, " ");
  if (widthOf(line) <= width) return line;
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (widthOf(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** A piece of text whose spaces and line breaks can be seen. */
export function visible(text: string): string {
  return clean(text).replaceAll(" ", "·").replaceAll("\n", "⏎");
}
