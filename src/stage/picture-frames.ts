import { clean } from "../clean.ts";
import { formatPercent } from "../format.ts";
import { chart } from "../term/chart.ts";
import { map } from "../term/map.ts";
import { scatter } from "../term/scatter.ts";
import { table } from "../term/table.ts";
import { wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { indent, type Look } from "./look.ts";

export function chartLines(event: EventOf<"chart-shown">, look: Look): string[] {
  const axes = { x: event.xLabel, y: event.yLabel };
  const width = look.width - 2;
  const placed = event.series.flatMap(({ xs, ...series }) => (xs ? [{ ...series, xs }] : []));
  const drawn =
    placed.length > 0
      ? scatter(placed, axes, width, look.style)
      : chart(event.series, axes, width, look.style);
  return ["", ...heading(event.title, look), ...indent(drawn, 2)];
}

export function mapLines({ title, points, kept }: EventOf<"map-shown">, look: Look): string[] {
  const places = points.map((point) => ({
    ...point,
    label: clean(point.label),
    group: clean(point.group),
  }));
  const note = `two dimensions keep ${formatPercent(kept)} of the differences`;
  return [
    "",
    ...heading(title, look),
    ...map(places, look.width - 2, look.style).map((line) => `  ${line}`.trimEnd()),
    "",
    ...indent(wrap(look.style.faint(`(${note})`), look.width - 2), 2),
  ];
}

export function tableLines(event: EventOf<"table-shown">, look: Look): string[] {
  const rows = event.rows.map((row) => row.map(clean));
  const drawn = table(event.columns, rows, look.width - 2, look.style.faint);
  return ["", ...heading(event.title, look), ...drawn.map((line) => `  ${line}`.trimEnd())];
}

function heading(title: string, { style, width }: Look): string[] {
  return indent(wrap(style.strong(clean(title)), width - 2), 2);
}
