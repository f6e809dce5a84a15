import { formatCount } from "../format.ts";
import type { Style } from "./style.ts";

export interface CurvePoint {
  x: number;
  y: number;
}

interface CurveOptions {
  width: number;
  /** lines of the plot itself; the axis takes two more */
  rows: number;
  /** where the x axis ends, and what it counts: { to: 1000, name: "steps" } */
  x: { to: number; name: string };
  style: Style;
}

/**
 * A line through many points, from x = 0 on, between the least and the greatest y, with values on
 * both axes.
 *
 * It is drawn in braille characters, which have two columns and four rows of dots each. Points that
 * fall on one column of dots are averaged; values that are not numbers are left out.
 */
export function curve(points: CurvePoint[], { width, rows, x, style }: CurveOptions): string[] {
  const finite = points.filter((point) => Number.isFinite(point.y));
  const low = finite.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, { y }) => Math.max(most, y), Number.NEGATIVE_INFINITY);
  const labels = finite.length === 0 ? new Map<number, string>() : yLabels(low, high, rows);
  const margin = Math.max(5, ...[...labels.values()].map((label) => label.length));
  const columns = Math.max(2, width - margin - 2);
  const heights = heightsOf(finite, { columns: columns * 2, to: x.to, low, high });
  const paint = style.series[0] ?? ((text: string) => text);
  const body = braille(heights, columns, rows).map((line, row) => {
    const label = labels.get(row);
    const axis = `${(label ?? "").padStart(margin)} ${label === undefined ? "│" : "┤"}`;
    return style.faint(axis) + (line === "" ? "" : paint(line));
  });
  return [...body, ...xAxis(columns, margin + 1, x).map((line) => style.faint(line))];
}

/** A figure with as many decimals as tell values of a range apart. */
export function figure(value: number, range: number): string {
  if (!Number.isFinite(value)) return "–";
  const decimals = range > 0 ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(range)))) : 3;
  const text = value.toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

/** A figure by itself, such as a loss. */
export const measured = (value: number): string => figure(value, Math.min(1, Math.abs(value)));

/**
 * For each column of dots the height of the curve in it, from 0 to 1; undefined left and right of
 * it.
 */
function heightsOf(
  points: CurvePoint[],
  { columns, to, low, high }: { columns: number; to: number; low: number; high: number },
): (number | undefined)[] {
  const sums = Array.from({ length: columns }, () => ({ sum: 0, count: 0 }));
  for (const { x, y } of points) {
    const at = Math.round((x / Math.max(1, to)) * (columns - 1));
    const cell = sums[Math.min(columns - 1, Math.max(0, at))];
    if (cell) Object.assign(cell, { sum: cell.sum + y, count: cell.count + 1 });
  }
  const heights: (number | undefined)[] = sums.map(({ sum, count }) => {
    if (count === 0) return undefined;
    return high === low ? 0.5 : (sum / count - low) / (high - low);
  });
  let last = -1;
  for (const [at, height] of heights.entries()) {
    if (height === undefined) continue;
    const from = heights[last];
    for (let gap = last + 1; from !== undefined && gap < at; gap++)
      heights[gap] = from + ((height - from) * (gap - last)) / (at - last);
    last = at;
  }
  return heights;
}

/** The bits of the dots of a braille character, by column and row. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];

function braille(heights: (number | undefined)[], columns: number, rows: number): string[] {
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  const depth = (height: number) => Math.round((1 - height) * (rows * 4 - 1));
  let before: number | undefined;
  for (const [at, height] of heights.entries()) {
    if (height === undefined) continue;
    const here = depth(height);
    const from = before === undefined ? here : before + Math.sign(here - before);
    for (let dot = Math.min(from, here); dot <= Math.max(from, here); dot++) {
      const row = cells[Math.floor(dot / 4)];
      if (row) row[at >> 1] = (row[at >> 1] ?? 0) | (DOTS[at & 1]?.[dot % 4] ?? 0);
    }
    before = here;
  }
  const glyph = (bits: number) => (bits === 0 ? " " : String.fromCodePoint(0x2800 + bits));
  return cells.map((row) => [...row].map(glyph).join("").trimEnd());
}

/** Values beside the top and bottom rows, and some between, by row. */
function yLabels(low: number, high: number, rows: number): Map<number, string> {
  if (low === high) return new Map([[Math.floor((rows - 1) / 2), figure(low, 0)]]);
  const parts = Math.max(1, Math.floor((rows - 1) / 2));
  const places = Array.from({ length: parts + 1 }, (_, at) => at / parts);
  return new Map(
    places.map((place) => [
      Math.round(place * (rows - 1)),
      figure(high - place * (high - low), high - low),
    ]),
  );
}

/** The axis, and numbers under its marks; the last one says what is counted. */
function xAxis(columns: number, margin: number, { to, name }: CurveOptions["x"]): string[] {
  const parts = Math.max(1, Math.min(4, to, Math.floor(columns / 14)));
  const line = Array.from({ length: columns }, () => "─");
  let numbers = "";
  for (let part = 0; part <= parts; part++) {
    const at = Math.round((part / parts) * (columns - 1));
    line[at] = "┬";
    const label = formatCount((part / parts) * to);
    const text = part === parts ? `${label} ${name}` : label;
    const start = part === parts ? columns - text.length : at - Math.floor((label.length - 1) / 2);
    if (part === 0 || start > numbers.length) numbers = numbers.padEnd(start) + text;
  }
  const space = " ".repeat(margin);
  return [`${space}└${line.join("")}`, `${space} ${numbers}`];
}
