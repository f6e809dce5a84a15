import { type ScaleLinear, scaleLinear } from "d3-scale";
import {
  line,
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
} from "d3-shape";
import { countOf, formatCount } from "../../format.ts";
import { widthOf } from "../../term/text.ts";
import type { Plot, PlotPoint, Span } from "../blocks.ts";
import { evenly } from "../cut.ts";
import { type Markup, markup } from "./markup.ts";

/** The drawing's own units; it is scaled to the page. */
export const WIDTH = 560;
export const HEIGHT = 300;
const MARGIN = { top: 14, right: 18, bottom: 44, left: 58 };
const TICKS = 5;
/** One letter of a label is about this wide, on a phone. */
const LETTER = 8.5;
/** Of more points than these, a few have their sign. */
const MOST_SYMBOLS = 40;
const FEW_SYMBOLS = 12;

const SYMBOLS: SymbolType[] = [
  symbolCircle,
  symbolTriangle,
  symbolSquare,
  symbolDiamond,
  symbolCross,
  symbolStar,
];
/** How many colours the page has for series. */
const COLOURS = 6;

type Scale = ScaleLinear<number, number>;

/** Lines or points over two axes; series are told apart by shape as well as by colour. */
export function plotSvg({ title, x, y, kind, series }: Plot): Markup {
  const all = series.flatMap(({ points }) => points);
  const across = scaleLinear(
    domainOf(
      all.map((point) => point.x),
      kind === "points",
    ),
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const up = scaleLinear(
    domainOf(
      all.map((point) => point.y),
      true,
    ),
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  ).nice(TICKS);
  if (kind === "points") across.nice(TICKS);
  const room = roomAround(all.map((point) => boxAt(across(point.x), up(point.y))));
  const drawn = series.map(({ points }, at) =>
    seriesMarkup(points, { at, kind, across, up, room }),
  );
  const below = [x, unnamedText(room)].filter((words) => words !== "").join(" · ");
  return picture(
    title,
    HEIGHT,
    markup`${yAxis(up, y)}${xAxis(across, below, { height: HEIGHT, isWhole: all.every((point) => Number.isInteger(point.x)) })}${drawn}`,
  );
}

/** Points on a plane without axes, such as vectors in two dimensions. */
export function mapSvg(
  title: string,
  points: readonly { label: string; group: string; x: number; y: number }[],
): Markup {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const groups = groupsOf(finite);
  const scale = (values: number[], range: [number, number]) => {
    return scaleLinear([Math.min(...values), Math.max(...values)], range);
  };
  const across = scale(
    finite.map(({ x }) => x),
    [MARGIN.right, WIDTH - MARGIN.left],
  );
  const up = scale(
    finite.map(({ y }) => y),
    [HEIGHT - 2 * MARGIN.top, MARGIN.top],
  );
  const room = roomAround(finite.map((point) => boxAt(across(point.x), up(point.y))));
  const drawn = finite.map(({ label, group, x, y }) => {
    const place = [across(x), up(y)] as const;
    const name = labelAt(label, ...place, room);
    if (label !== "" && name === "") room.unnamed++;
    return markup`${glyph(groups.indexOf(group), ...place)}${name}`;
  });
  const below = markup`<text x="${WIDTH / 2}" y="${HEIGHT - 3}" text-anchor="middle" class="axis">${unnamedText(room)}</text>`;
  return picture(title, HEIGHT, markup`${drawn}${room.unnamed > 0 ? below : ""}`);
}

/** The groups of a map, in the order in which their points come. */
export const groupsOf = (points: readonly { group: string }[]): string[] => [
  ...new Set(points.map(({ group }) => group)),
];

const LANE = 20;
const MOST_LANES = 30;

/** Calls as bars over time; those that went on at the same time stand one below the other. */
export function spansSvg(title: string, spans: readonly Span[]): Markup {
  const end = Math.max(1, ...spans.map(({ startedMs, ms }) => startedMs + ms));
  const across = scaleLinear([0, end], [MARGIN.right, WIDTH - MARGIN.right]);
  const free: number[] = [];
  const bars = spans.map(({ call, startedMs, ms }) => {
    const [from, to] = [across(startedMs), Math.max(across(startedMs) + 3, across(startedMs + ms))];
    const found = free.findIndex((until) => until <= startedMs);
    const lane = Math.min(found < 0 ? free.length : found, MOST_LANES - 1);
    free[lane] = startedMs + ms;
    const top = MARGIN.top + lane * LANE;
    const width = to - from;
    const name =
      width > LETTER * (String(call).length + 1)
        ? markup`<text x="${round(from + width / 2)}" y="${top + 13}" text-anchor="middle" class="in-bar">${call}</text>`
        : "";
    return markup`<rect x="${round(from)}" y="${top}" width="${round(width)}" height="${LANE - 3}" rx="2" class="fill s0"/>${name}`;
  });
  const height = MARGIN.top + free.length * LANE + MARGIN.bottom;
  return picture(
    title,
    height,
    markup`${xAxis(across, "milliseconds since the run began", { height, isWhole: false })}${bars}`,
  );
}

/** The sign of a series, for its legend. */
export function seriesSign(at: number): Markup {
  return markup`<svg class="sign" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true">${glyph(at, 0, 0)}</svg>`;
}

function picture(title: string, height: number, inside: Markup): Markup {
  return markup`<svg class="plot" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">${inside}</svg>`;
}

function seriesMarkup(
  points: readonly PlotPoint[],
  of: { at: number; kind: Plot["kind"]; across: Scale; up: Scale; room: Room },
): Markup {
  const { at, kind, across, up, room } = of;
  const colour = `s${at % COLOURS}`;
  const sorted = points.toSorted((a, b) => a.x - b.x);
  const path = line<PlotPoint>(
    (point) => across(point.x),
    (point) => up(point.y),
  ).digits(1)(kind === "line" ? sorted : []);
  const isSigned = kind === "points" || points.length <= MOST_SYMBOLS;
  const signed = new Set(isSigned ? points : evenly(sorted, FEW_SYMBOLS));
  const signs = points.map((point) => {
    const place = [across(point.x), up(point.y)] as const;
    const ring =
      point.mark === undefined
        ? ""
        : markup`<circle cx="${round(place[0])}" cy="${round(place[1])}" r="9" class="ring"/>`;
    const sign = signed.has(point) ? glyph(at, ...place) : "";
    const words = point.mark ?? point.label ?? "";
    const name = labelAt(words, ...place, room);
    // The key has all remarks.
    if (words !== "" && name === "" && point.mark === undefined) room.unnamed++;
    return markup`${ring}${sign}${name}`;
  });
  return markup`${path ? markup`<path d="${path}" class="curve ${colour}"/>` : ""}${signs}`;
}

function glyph(at: number, x: number, y: number): Markup {
  const path = symbol(SYMBOLS[at % SYMBOLS.length], 60).digits(1)() ?? "";
  const colour = `s${at % COLOURS}`;
  return markup`<path d="${path}" transform="translate(${round(x)},${round(y)})" class="fill ${colour}"/>`;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const boxAt = (x: number, y: number): Box => {
  return { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
};

/** What labels and points take of a drawing, and how many labels found no place in it. */
interface Room {
  taken: Box[];
  unnamed: number;
}

const roomAround = (points: readonly Box[]): Room => ({ taken: [...points], unnamed: 0 });

const unnamedText = ({ unnamed }: Room): string =>
  unnamed === 0 ? "" : `no room for ${countOf(unnamed, "name")}`;

/** A label beside a point, where there is room; the table behind a plot has all. */
function labelAt(label: string, x: number, y: number, { taken }: Room): Markup | "" {
  if (label === "") return "";
  const length = widthOf(label) * LETTER;
  const places = [
    { left: x + 9, anchor: "start", at: x + 9, base: y + 4 },
    { left: x - 9 - length, anchor: "end", at: x - 9, base: y + 4 },
    { left: x - length / 2, anchor: "middle", at: x, base: y - 10 },
    { left: x - length / 2, anchor: "middle", at: x, base: y + 19 },
  ];
  for (const { left, anchor, at, base } of places) {
    const box = { left, right: left + length, top: base - 11, bottom: base + 3 };
    if (box.left < 0 || box.right > WIDTH || box.top < 0 || box.bottom > HEIGHT) continue;
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    return markup`<text x="${round(at)}" y="${round(base)}" text-anchor="${anchor}">${label}</text>`;
  }
  return "";
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function yAxis(up: Scale, name: string): Markup {
  const format = up.tickFormat(TICKS);
  const ticks = up.ticks(TICKS).map(
    (
      value,
    ) => markup`<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${round(up(value))}" y2="${round(up(value))}" class="rule"/>
<text x="${MARGIN.left - 8}" y="${round(up(value) + 4)}" text-anchor="end">${format(value)}</text>`,
  );
  const middle = (MARGIN.top + HEIGHT - MARGIN.bottom) / 2;
  return markup`${ticks}<text transform="translate(14,${round(middle)}) rotate(-90)" text-anchor="middle" class="axis">${name}</text>`;
}

function xAxis(
  across: Scale,
  name: string,
  { height, isWhole }: { height: number; isWhole: boolean },
): Markup {
  const base = height - MARGIN.bottom;
  // Calls and steps have no halves.
  const format = isWhole ? formatCount : across.tickFormat(TICKS);
  const ticks = across.ticks(TICKS).map(
    (
      value,
    ) => markup`<line x1="${round(across(value))}" x2="${round(across(value))}" y1="${base}" y2="${base + 5}" class="tick"/>
<text x="${round(across(value))}" y="${base + 19}" text-anchor="middle">${format(value)}</text>`,
  );
  const [left = 0, right = WIDTH] = across.range();
  return markup`<line x1="${left}" x2="${right}" y1="${base}" y2="${base}" class="tick"/>${ticks}
<text x="${round((left + right) / 2)}" y="${base + 38}" text-anchor="middle" class="axis">${name}</text>`;
}

/** From 0 where values begin near it, or where they all lie close together below a round number. */
function domainOf(values: readonly number[], fromZero: boolean): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!Number.isFinite(low)) return [0, 1];
  const start = fromZero && low >= 0 && low < high * 0.6 ? 0 : low;
  return start === high ? [Math.min(0, start), Math.max(high, start + 1)] : [start, high];
}

const round = (value: number) => Number(value.toFixed(1));
