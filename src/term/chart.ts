import type { Style } from "./style.ts";
import { truncate, wrap } from "./text.ts";

interface ChartSeries {
  name: string;
  points: number[];
  marks?: { x: number; label: string }[];
}

const GLYPHS = ["●", "▲", "■", "◆", "○", "△"];

/** The glyph of a mark stands where a series is remarked upon. */
const MARK = "✗";

/**
 * A plot of several series over x = 1, 2, 3 …, as lines of at most `width` columns. Series are told
 * apart by glyph as well as by colour. Where several fall together they stand side by side; where
 * there is no room for that, the later one is seen.
 */
export function chart(
  series: ChartSeries[],
  axes: { x: string; y: string },
  width: number,
  style: Style,
): string[] {
  const all = series.flatMap((line) => line.points);
  if (all.length === 0) return ["(nothing to plot)"];
  const top = niceCeiling(Math.max(...all, 1));
  const count = Math.max(...series.map((line) => line.points.length));
  const height = 12;
  const margin = String(top).length + 1;
  const step = Math.max(1, Math.min(6, Math.floor((width - margin - 2) / count)));
  const shown = Math.min(count, Math.floor((width - margin - 2) / step));
  const stride = count / shown;

  const cells = Array.from({ length: height + 1 }, () =>
    Array.from({ length: shown * step + 1 }, () => " "),
  );
  for (let place = 0; place < shown; place++) {
    const x = Math.floor(place * stride);
    const together = new Map<number, string[]>();
    for (const [at, line] of series.entries()) {
      const value = line.points[x];
      if (value === undefined) continue;
      const paint = style.series[at % style.series.length] ?? ((text: string) => text);
      const isMarked = line.marks?.some((mark) => mark.x === x + 1);
      const glyph = isMarked ? MARK : (GLYPHS[at % GLYPHS.length] ?? "*");
      const row = height - Math.round((value / top) * height);
      together.set(row, [...(together.get(row) ?? []), paint(glyph)]);
    }
    for (const [row, glyphs] of together) {
      const seen = glyphs.slice(-Math.max(1, step - 1));
      const from = place * step + Math.floor((step - seen.length + 1) / 2);
      for (const [at, glyph] of seen.entries()) cells[row]?.splice(from + at, 1, glyph);
    }
  }
  const body = cells.map((row, at) => {
    const value = ((height - at) / height) * top;
    const label = at % 3 === 0 ? String(Math.round(value)) : "";
    return `${label.padStart(margin - 1)} ${at % 3 === 0 ? "┤" : "│"}${row.join("").trimEnd()}`;
  });
  const axis = `${" ".repeat(margin)}└${"─".repeat(shown * step)}`;
  return [
    style.faint(axes.y),
    ...body,
    axis,
    ...ticks(shown, step, stride, margin, axes.x, style),
    ...legend(series, width, style),
  ];
}

/** Numbers under the axis, as many as fit apart, and what they count. */
function ticks(
  shown: number,
  step: number,
  stride: number,
  margin: number,
  name: string,
  style: Style,
): string[] {
  const every = Math.max(1, Math.ceil(3 / step));
  let line = " ".repeat(margin + 1);
  for (let place = 0; place < shown; place += every) {
    const label = String(Math.floor(place * stride) + 1);
    const at = margin + 1 + place * step + Math.floor(step / 2);
    if (at >= line.length) line = line.padEnd(at) + label;
  }
  return [line, `${" ".repeat(margin + 1)}${style.faint(name)}`];
}

function legend(series: ChartSeries[], width: number, style: Style): string[] {
  return series.flatMap((line, at) => {
    const paint = style.series[at % style.series.length] ?? ((text: string) => text);
    const marks = (line.marks ?? []).map((mark) => `${MARK} ${mark.label} at ${mark.x}`).join(", ");
    const text = `${line.name}${marks === "" ? "" : `  ${marks}`}`;
    const [first = "", ...more] = wrap(text, width - 4);
    return [
      `  ${paint(GLYPHS[at % GLYPHS.length] ?? "*")} ${first}`,
      ...more.map((rest) => `    ${truncate(rest, width - 4)}`),
    ];
  });
}

/** The next number of the form 1, 2, 3, 4, 5, 6 or 8 times a power of ten. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) ?? 10;
  return Math.max(1, Math.round(lead * power));
}
