import { clean } from "../clean.ts";
import { countOf, formatCount, formatDuration, formatSeconds } from "../format.ts";
import { progressBar } from "../term/bar.ts";
import { type CurvePoint, curve, measured } from "../term/curve.ts";
import { truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { hanging } from "./call-frames.ts";
import { indent, type Look } from "./look.ts";

/** What the frames of a piece of work must know of the events before it. */
export interface WorkState {
  /** by name: how it began, and the last tenth that was told */
  works: Map<string, { start: EventOf<"work-start">; tenth: number }>;
}

/** How far a piece of work has come, as the live block shows it. */
export interface WorkProgress {
  start: EventOf<"work-start">;
  /** its last step, if there was one */
  step: EventOf<"work-step"> | undefined;
  points: CurvePoint[];
  /** milliseconds that are left, null while nobody can tell */
  leftMs: number | null;
}

/** Columns at both sides of what is drawn live: a line that fills the screen cannot be erased. */
const MARGINS = 3;
/** Lines of a curve, where the screen has room for them. */
const CURVE_ROWS = 7;
/** Below this width the details take two lines. */
const NARROW = 70;

/** Work with a curve has a heading; other work is told by its bar and its end. */
export function workStartLines(
  event: EventOf<"work-start">,
  look: Look,
  state: WorkState,
): string[] {
  const { work, title, of, unit, curve: measure, parameters, threads } = event;
  state.works.set(work, { start: event, tenth: 0 });
  if (measure === undefined) return [];
  const facts = [
    countedUnits(of, unit),
    ...(parameters === undefined ? [] : [`${formatCount(parameters)} parameters`]),
    ...(threads === undefined ? [] : [countOf(threads, "thread")]),
  ];
  return [
    "",
    ...hanging("▸ ", `${clean(work)} · ${clean(title)}`, look, look.style.strong),
    ...indent(
      joined(facts, " · ", look.width - 2).map((line) => look.style.faint(line)),
      2,
    ),
  ];
}

/** A line at each tenth, where nothing can be drawn anew. */
export function workStepLines(event: EventOf<"work-step">, look: Look, state: WorkState): string[] {
  const known = state.works.get(event.work);
  const tenth = event.of > 0 ? Math.floor((event.done / event.of) * 10) : 0;
  if (!known || known.start.quick || tenth <= known.tenth) return [];
  known.tenth = tenth;
  const { done, of, value, rate } = event;
  const { work, unit, curve: measure } = known.start;
  const figures =
    measure === undefined
      ? [`${formatCount(done)}/${formatCount(of)} ${unit}`]
      : [`${formatCount(done).padStart(formatCount(of).length)}/${formatCount(of)}`];
  const parts = [
    `${clean(work)}  ${`${tenth * 10} %`.padStart(5)}`,
    ...figures,
    ...(value === undefined ? [] : [`${clean(measure ?? "value")} ${measured(value)}`]),
    ...speed(rate, known.start),
  ];
  return indent(joined(parts, "  ", look.width - 2), 2);
}

/** The prompt and, behind a mark, what the model made of it. */
export function workSampleLines(
  event: EventOf<"work-sample">,
  look: Look,
  state: WorkState,
): string[] {
  const { style } = look;
  const most = state.works.get(event.work)?.start.of ?? event.done;
  const oneLine = (text: string) => clean(text).replace(/\n/g, "⏎");
  const label = `  step ${formatCount(event.done).padStart(formatCount(most).length)}  `;
  const said = event.text === "" ? "(nothing)" : oneLine(event.text);
  const text = `${oneLine(event.prompt)} ${style.faint("»")} ${style.reply(said.trimStart())}`;
  return hanging(label, text.trimStart(), look, (line) => line);
}

/** The whole curve, if it has one, and what the work took. */
export function workEndLines(event: EventOf<"work-end">, look: Look, state: WorkState): string[] {
  const { style, width } = look;
  const { work, done, ms, rate, values = [], outcome } = event;
  const start = state.works.get(work)?.start;
  state.works.delete(work);
  if (start?.quick) return [];
  const { unit = "steps", curve: measure = "value" } = start ?? {};
  const isDone = outcome === "done";
  const mark = isDone ? style.good("✓") : style.fresh("■");
  const took = [
    `${mark} ${clean(work)}${isDone ? "" : ", stopped early"}`,
    countedUnits(done, unit),
    formatDuration(ms),
    ...speed(rate, start),
    ...(values.length > 1 ? [`${clean(measure)} ${ends(values)}`] : []),
  ];
  const lines = indent(joined(took, " · ", width - 2), 2);
  if (start?.curve === undefined) return lines;
  const points = values.map((y, at) => ({ x: ((at + 1) / values.length) * done, y }));
  const x = { to: done, name: unit };
  const drawn = curve(points, { width: width - MARGINS, rows: CURVE_ROWS, x, style });
  const heading = `  ${style.strong(clean(work))} ${style.faint(`· ${clean(measure)}`)}`;
  return ["", ...(values.length > 0 ? [heading, ...indent(drawn, 2)] : []), ...lines];
}

/**
 * Work that goes on: a bar, its curve so far, and what it is at. The curve stands where it will
 * stand when the work has ended.
 *
 * @param height lines of the screen
 */
export function workBlock(progress: WorkProgress, look: Look, height: number): string[] {
  const { style, width } = look;
  const { start, step, points } = progress;
  const of = step?.of ?? start.of;
  const share = of > 0 ? (step?.done ?? 0) / of : 0;
  const name = truncate(clean(start.work), Math.floor(width / 3));
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const [full, rest] = progressBar(share, Math.max(4, width - widthOf(name) - 7 - MARGINS));
  const details = detailLines(progress, of, width - MARGINS);
  const rows = start.curve === undefined ? 0 : Math.min(CURVE_ROWS, height - details.length - 5);
  const x = { to: of, name: start.unit };
  const drawn = rows < 2 ? [] : curve(points, { width: width - MARGINS, rows, x, style });
  return [
    "",
    `  ${style.strong(name)} ${style.good(full)}${style.faint(rest)} ${percent}`,
    ...indent([...drawn, ...details], 2),
  ].slice(0, Math.max(1, height - 1));
}

/** What a piece of work is at, in as many lines at every step. */
function detailLines(progress: WorkProgress, of: number, width: number): string[] {
  const { start, step, leftMs } = progress;
  const left = [...(leftMs === null ? [] : [`${formatSeconds(leftMs)} left`]), "q stops"];
  const done = formatCount(step?.done ?? 0);
  if (start.curve === undefined)
    return [truncate([`${done} of ${formatCount(of)} ${start.unit}`, ...left].join(" · "), width)];
  const at = `step ${done.padStart(formatCount(of).length)} of ${formatCount(of)}`;
  const value = step?.value;
  const first = value === undefined ? at : `${at} · ${clean(start.curve)} ${measured(value)}`;
  const second = [...(step ? speed(step.rate, start) : ["starting"]), ...left].join(" · ");
  const lines = width < NARROW ? [first, second] : [`${first} · ${second}`];
  return lines.map((line) => truncate(line, width));
}

/** Facts on as few lines as there is width for, broken only between them. */
function joined(facts: string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const longer = lines.length === 0 ? fact : `${lines.at(-1)}${separator}${fact}`;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(fact);
  }
  return lines.flatMap((line, at) => wrap(at === 0 ? line : `  ${line}`, width));
}

function ends(values: number[]): string {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  return `${measured(first)} → ${measured(last)}`;
}

function speed(rate: number | undefined, start: EventOf<"work-start"> | undefined): string[] {
  return rate === undefined ? [] : [`${formatCount(rate)} ${start?.rated ?? start?.unit}/s`];
}

/** "1 chunk", "2,000 chunks"; units come in the plural. */
function countedUnits(count: number, units: string): string {
  return countOf(count, units.replace(/s$/, ""), units);
}
