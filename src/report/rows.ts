import { formatCount, formatDuration } from "../format.ts";
import type { Diagram, MapPoint } from "../trace/events.ts";
import type { Plot, Span } from "./blocks.ts";

/** What stands behind a picture, as a table: its columns, and its rows. */
export type Rows = [columns: string[], rows: string[][]];

/** The points of all series; a line a place on the x axis where they share it. */
export function plotRows({ x, y, kind, series }: Plot): Rows {
  if (kind === "points") {
    const rows = series.flatMap(({ name, points }) =>
      points.map((point) => [
        name,
        point.label ?? point.mark ?? "",
        plain(point.x),
        plain(point.y),
      ]),
    );
    return [["series", "point", x, y], rows];
  }
  const places = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))];
  const bySeries = series.map(({ points }) => new Map(points.map((point) => [point.x, point])));
  const rows = places
    .toSorted((a, b) => a - b)
    .map((place) => [
      formatCount(place),
      ...bySeries.map((points) => {
        const point = points.get(place);
        if (!point) return "";
        return point.mark === undefined ? plain(point.y) : `${plain(point.y)} (${point.mark})`;
      }),
    ]);
  return [[x, ...series.map(({ name }) => (series.length === 1 ? y : name))], rows];
}

export function mapRows(points: readonly MapPoint[]): Rows {
  const rows = points.map(({ label, group, x, y }) => [label, group, plain(x), plain(y)]);
  return [["point", "group", "x", "y"], rows];
}

export function spanRows(spans: readonly Span[]): Rows {
  const rows = spans.map(({ call, caller, startedMs, ms }) => [
    formatCount(call),
    caller,
    `${formatCount(startedMs)} ms`,
    formatDuration(ms),
  ]);
  return [["call", "by", "after", "took"], rows];
}

/** Each arrow of a diagram: from what, to what, and what flowed. */
export function diagramRows({ nodes, edges }: Diagram): Rows {
  const titleOf = (id: string) => nodes.find((node) => node.id === id)?.title ?? id;
  const rows = edges.map(({ from, to, label, value }) => [
    titleOf(from),
    titleOf(to),
    label,
    value === null ? "(nothing)" : value,
  ]);
  return [["from", "to", "what", "what flowed"], rows];
}

/** A figure of any size, with the digits that tell it from its neighbours. */
function plain(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value.toLocaleString("en-US", { maximumSignificantDigits: 5 });
}
