import type { Style } from "./style.ts";
import { padEnd, widthOf, wrap } from "./text.ts";

export interface ScatterSeries {
  name: string;
  points: number[];
  xs: number[];
  labels?: string[];
}

const GLYPHS = ["●", "▲", "■", "◆", "○", "△"];
const ROWS = 12;

/**
 * One measure against another: points in a plane, the axes as wide as the values need, and at each
 * point its label where there is room. The y axis begins at 0 unless all values lie close together.
 */
export function scatter(
  series: readonly ScatterSeries[],
  axes: { x: string; y: string },
  width: number,
  style: Style,
): string[] {
  const all = series.flatMap(({ points, xs }) => points.map((y, at) => ({ x: xs[at] ?? 0, y })));
  const drawn = all.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (drawn.length === 0) return ["(nothing to plot)"];
  const high = Math.max(...drawn.map(({ y }) => y));
  const low = Math.min(...drawn.map(({ y }) => y));
  const [bottom, top] = yRange(low, high);
  const right = Math.max(...drawn.map(({ x }) => x)) || 1;
  const labels = [top, (top + bottom) / 2, bottom].map((value) => figure(value, top - bottom));
  const margin = Math.max(...labels.map(widthOf));
  const columns = width - margin - 2;
  const sheet = Array.from({ length: ROWS + 1 }, () => Array.from({ length: columns }, () => " "));
  const column = (x: number) => Math.round((x / right) * (columns - 1));
  const row = (y: number) => ROWS - Math.round(((y - bottom) / (top - bottom)) * ROWS);
  for (const [at, { points, xs }] of series.entries())
    points.forEach((y, place) => {
      const x = xs[place];
      if (x === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return;
      sheet[row(y)]![column(x)] = paintOf(at, style)(GLYPHS[at % GLYPHS.length] ?? "*");
    });
  for (const { points, xs, labels: names = [] } of series)
    points.forEach((y, place) => {
      const at = { row: row(y), column: column(xs[place] ?? 0) };
      writeLabel(sheet, at, names[place] ?? "");
    });
  const axis = (line: number) => {
    const label = [0, ROWS / 2, ROWS].indexOf(line);
    return `${(labels[label] ?? "").padStart(margin)} ${label >= 0 ? "┤" : "│"}`;
  };
  const ends = `0${figure(right, right).padStart(columns - 1)}`;
  const name = axes.x.length + 8 < columns ? middle(ends, axes.x) : ends;
  return [
    style.faint(axes.y),
    ...sheet.map((cells, line) => `${style.faint(axis(line))}${cells.join("").trimEnd()}`),
    style.faint(`${" ".repeat(margin + 1)}└${"─".repeat(columns)}`),
    style.faint(`${" ".repeat(margin + 2)}${name}`),
    ...(name === ends ? wrap(axes.x, width).map((line) => style.faint(line)) : []),
    ...series.flatMap(({ name: text }, at) => {
      const [first = "", ...more] = wrap(text, width - 4);
      const glyph = paintOf(at, style)(GLYPHS[at % GLYPHS.length] ?? "*");
      return [`  ${glyph} ${first}`, ...more.map((line) => `    ${line}`)];
    }),
  ];
}

/**
 * From 0, or, where that would press all values together at the top, from a round number below
 * them.
 */
function yRange(low: number, high: number): [number, number] {
  if (high <= 0) return [Math.min(0, low), Math.max(0, high) + 1];
  if (low < high * 0.6) return [0, high];
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, high / 100)));
  return [Math.max(0, Math.floor(low / step - 0.5) * step), high];
}

function writeLabel(
  sheet: string[][],
  { row, column }: { row: number; column: number },
  label: string,
) {
  const cells = sheet[row];
  if (!cells || label === "") return;
  for (const start of [column + 2, column - 1 - label.length]) {
    const isFree = [...label, " "].every((_, at) => (cells[start + at] ?? " ") === " ");
    const fits = start >= 0 && start + label.length <= cells.length;
    const isApart = start < column || cells[start - 1] === " ";
    if (!isFree || !fits || !isApart) continue;
    [...label].forEach((letter, at) => {
      cells[start + at] = letter;
    });
    return;
  }
}

/** Two ends of an axis, and its name between them. */
function middle(ends: string, name: string): string {
  const at = Math.floor((ends.length - name.length) / 2);
  return padEnd(ends.slice(0, at), at) + name + ends.slice(at + name.length);
}

function paintOf(at: number, style: Style): (text: string) => string {
  return style.series[at % style.series.length] ?? String;
}

function figure(value: number, range: number): string {
  const decimals = range > 0 ? Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(range)))) : 2;
  return value.toLocaleString("en-US", { maximumFractionDigits: decimals });
}
