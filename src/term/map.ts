import type { Style } from "./style.ts";
import { truncate, widthOf, wrap } from "./text.ts";

export interface Place {
  label: string;
  group: string;
  x: number;
  y: number;
}

interface Cell {
  row: number;
  column: number;
}

type Paint = (text: string) => string;

const GLYPHS = ["●", "▲", "■", "◆", "○", "△"];
const MOST_ROWS = 22;
/** A character is about twice as high as it is wide. */
const ASPECT = 2;
/** A glyph, and a number of two digits beside it. */
const ROOM = 3;

/**
 * Points as a map of at most `width` columns. Distances count alike in both directions. A label
 * stands beside its point where it has room; elsewhere a number does, and the label is in the list
 * below. Points that would hide each other are moved apart by as little as possible.
 */
export function map(places: readonly Place[], width: number, style: Style): string[] {
  const shown = places.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (shown.length === 0) return ["(nothing to show)"];
  const groups = [...new Set(shown.map(({ group }) => group))];
  const marks = groups.map((_, at): { glyph: string; paint: Paint } => ({
    glyph: GLYPHS[at % GLYPHS.length] ?? "*",
    paint: style.series[at % style.series.length] ?? String,
  }));
  const sheet = new Sheet(width);
  const cells = cellsOf(shown, width).map((cell) => sheet.reserve(cell));
  const listed: string[] = [];
  for (const [at, { label, group }] of shown.entries()) {
    const cell = cells[at]!;
    const { glyph, paint } = marks[groups.indexOf(group)]!;
    sheet.write(cell.row, cell.column, [paint(glyph)]);
    if (sheet.label(cell, label)) continue;
    listed.push(`${glyph}${listed.length + 1} ${label}`);
    sheet.write(cell.row, cell.column + 1, [...String(listed.length)]);
  }
  const legend = groups.map((group, at) => `${marks[at]?.paint(marks[at].glyph)} ${group}`);
  return [
    ...sheet.lines(),
    ...(groups.length > 1 ? ["", ...wrap(legend.join("   "), width)] : []),
    ...(listed.length > 0 ? ["", ...inColumns(listed, width)] : []),
  ];
}

/** Where each point goes: one scale for both directions, as large as the sheet allows. */
function cellsOf(places: readonly Place[], width: number): Cell[] {
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.max(...ys)];
  const [wide, high] = [Math.max(...xs) - left, top - Math.min(...ys)];
  const scale = Math.min(
    wide > 0 ? (width - ROOM) / wide : Number.POSITIVE_INFINITY,
    high > 0 ? ((MOST_ROWS - 1) * ASPECT) / high : Number.POSITIVE_INFINITY,
  );
  const size = Number.isFinite(scale) ? scale : 0;
  return places.map(({ x, y }) => ({
    column: Math.round((x - left) * size),
    row: Math.round(((top - y) * size) / ASPECT),
  }));
}

/** Characters by row and column, painted or not. */
class Sheet {
  readonly #width: number;
  readonly #rows: (string | undefined)[][] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Keeps room for a point, at its cell or as near to it as there is some. */
  reserve({ row, column }: Cell): Cell {
    for (let reach = 0; ; reach++)
      for (let down = -reach; down <= reach; down++)
        for (const right of [reach * 2, -reach * 2, 0]) {
          const cell = { row: row + down, column: column + right };
          if (!this.#isFree(cell, ROOM)) continue;
          this.write(cell.row, cell.column, ["", "", ""]);
          return cell;
        }
  }

  /** Writes a label right or left of a point; false where there is no room. */
  label({ row, column }: Cell, label: string): boolean {
    const letters = [...label];
    if (widthOf(label) !== letters.length) return false;
    const own = this.#row(row).slice(column + 1, column + ROOM);
    this.#row(row).fill(undefined, column + 1, column + ROOM);
    for (const start of [column + 2, column - 1 - letters.length]) {
      const apart = { row, column: start > column ? start - 1 : start - 1 };
      const room = letters.length + (start > column ? 2 : 1);
      const isAtEdge = start === 0;
      if (!this.#isFree(isAtEdge ? { row, column: 0 } : apart, room, start > column)) continue;
      this.write(row, start, letters);
      return true;
    }
    this.write(row, column + 1, own as string[]);
    return false;
  }

  write(row: number, column: number, letters: string[]): void {
    const line = this.#row(row);
    letters.forEach((letter, at) => {
      line[column + at] = letter;
    });
  }

  lines(): string[] {
    return Array.from(this.#rows, (row = []) =>
      Array.from(row, (cell) => cell || " ")
        .join("")
        .trimEnd(),
    );
  }

  /** Whether columns are free; a label may end at the edge. */
  #isFree({ row, column }: Cell, room: number, mayEnd = false): boolean {
    if (row < 0 || column < 0 || column + room - (mayEnd ? 1 : 0) > this.#width) return false;
    const cells = this.#row(row).slice(column, column + room);
    return cells.every((cell) => cell === undefined);
  }

  #row(row: number): (string | undefined)[] {
    this.#rows[row] ??= [];
    return this.#rows[row];
  }
}

/** A list in as many columns as there is width for. */
function inColumns(items: string[], width: number): string[] {
  const widest = Math.max(...items.map(widthOf)) + 2;
  const columns = Math.max(1, Math.floor((width + 2) / widest));
  const rows = Math.ceil(items.length / columns);
  return Array.from({ length: rows }, (_, row) =>
    items
      .filter((_, at) => at % rows === row)
      .map((item) => truncate(item, width).padEnd(columns > 1 ? widest : 0))
      .join("")
      .trimEnd(),
  );
}
