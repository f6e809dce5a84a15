import { progressBar } from "../term/bar.ts";
import { type CurvePoint, curve, figure } from "../term/curve.ts";
import { clean, truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { hanging } from "./call-frames.ts";
import { indent, type Look } from "./look.ts";

/** What the frames of a training must know of the events before it. */
export interface TrainingState {
  /** by stage: how it began, and the last tenth of its steps that was told */
  trainings: Map<string, { start: EventOf<"training-start">; tenth: number }>;
}

/** How far a training has come, as the live block shows it. */
export interface Progress {
  start: EventOf<"training-start">;
  /** the last step, if one was made */
  step: EventOf<"training-step"> | undefined;
  points: CurvePoint[];
  /** milliseconds that are left, null while nobody can tell */
  leftMs: number | null;
}

/** Columns left and right of what is drawn live: a line that fills the screen cannot be erased to its end. */
const MARGINS = 3;
/** Lines of a curve, where the screen has room for them. */
const CURVE_ROWS = 7;
/** Below this width the details take two lines. */
const NARROW = 70;

export function trainingStartLines(
  event: EventOf<"training-start">,
  look: Look,
  state: TrainingState,
): string[] {
  state.trainings.set(event.stage, { start: event, tenth: 0 });
  const facts = [
    `${count(event.steps)} steps`,
    `${count(event.parameters)} parameters`,
    `${event.threads} thread${event.threads === 1 ? "" : "s"}`,
  ];
  return [
    "",
    ...hanging("▸ ", `${clean(event.stage)} · ${clean(event.title)}`, look, look.style.strong),
    ...indent(
      joined(facts, " · ", look.width - 2).map((line) => look.style.faint(line)),
      2,
    ),
  ];
}

/** A line at each tenth of the steps, where nothing can be drawn anew. */
export function trainingStepLines(
  event: EventOf<"training-step">,
  look: Look,
  state: TrainingState,
): string[] {
  const training = state.trainings.get(event.stage);
  const tenth = Math.floor((event.step / event.of) * 10);
  if (!training || tenth <= training.tenth) return [];
  training.tenth = tenth;
  const parts = [
    `${clean(event.stage)}  ${`${tenth * 10} %`.padStart(5)}`,
    `${count(event.step).padStart(count(event.of).length)}/${count(event.of)}`,
    `${clean(training.start.measure)} ${measured(event.value)}`,
    speed(event),
  ];
  return indent(joined(parts, "  ", look.width - 2), 2);
}

/** The prompt and, behind a mark, what the model made of it. */
export function trainingSampleLines(
  event: EventOf<"training-sample">,
  look: Look,
  state: TrainingState,
): string[] {
  const { style } = look;
  const most = state.trainings.get(event.stage)?.start.steps ?? event.step;
  const oneLine = (text: string) => clean(text).replace(/\n/g, "⏎");
  const label = `  step ${count(event.step).padStart(count(most).length)}  `;
  const said = event.text === "" ? "(nothing)" : oneLine(event.text);
  const text = `${oneLine(event.prompt)} ${style.faint("»")} ${style.reply(said.trimStart())}`;
  return hanging(label, text.trimStart(), look, (line) => line);
}

/** The whole curve, and what the training took. */
export function trainingEndLines(
  event: EventOf<"training-end">,
  look: Look,
  state: TrainingState,
): string[] {
  const { style, width } = look;
  const { stage, steps, ms, values, outcome } = event;
  const measure = state.trainings.get(stage)?.start.measure ?? "value";
  const points = values.map((y, at) => ({ x: ((at + 1) / values.length) * steps, y }));
  const x = { to: steps, name: "steps" };
  const drawn = curve(points, { width: width - MARGINS, rows: CURVE_ROWS, x, style });
  const isDone = outcome === "done";
  const mark = isDone ? style.good("✓") : style.fresh("■");
  const took = [
    `${mark} ${clean(stage)}${isDone ? "" : ", stopped early"}`,
    `${count(steps)} steps`,
    duration(ms),
    speed(event),
    ...(values.length > 1 ? [`${clean(measure)} ${ends(values)}`] : []),
  ];
  const heading = `  ${style.strong(clean(stage))} ${style.faint(`· ${clean(measure)}`)}`;
  return [
    "",
    ...(values.length > 0 ? [heading, ...indent(drawn, 2)] : []),
    ...indent(joined(took, " · ", width - 2), 2),
  ];
}

/**
 * A training that goes on: how far it is, and its curve so far, in twelve lines or, on a narrow screen, one more.
 * The curve stands where it will stand when the training has ended.
 *
 * @param height lines of the screen
 */
export function trainingBlock(progress: Progress, look: Look, height: number): string[] {
  const { style, width } = look;
  const { start, step, points } = progress;
  const of = step?.of ?? start.steps;
  const share = of > 0 ? (step?.step ?? 0) / of : 0;
  const name = truncate(clean(start.stage), Math.floor(width / 3));
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const [done, left] = progressBar(share, Math.max(4, width - widthOf(name) - 7 - MARGINS));
  const details = detailLines(progress, of, width - MARGINS);
  const rows = Math.min(CURVE_ROWS, height - details.length - 5);
  const x = { to: of, name: "steps" };
  const drawn = rows < 2 ? [] : curve(points, { width: width - MARGINS, rows, x, style });
  return [
    "",
    `  ${style.strong(name)} ${style.good(done)}${style.faint(left)} ${percent}`,
    ...indent([...drawn, ...details], 2),
  ].slice(0, Math.max(1, height - 1));
}

/** What a training is at, in as many lines at every step. */
function detailLines({ start, step, leftMs }: Progress, of: number, width: number): string[] {
  const at = `step ${count(step?.step ?? 0).padStart(count(of).length)} of ${count(of)}`;
  const first = step ? `${at} · ${clean(start.measure)} ${measured(step.value)}` : at;
  const second = step
    ? [speed(step), ...(leftMs === null ? [] : [`${duration(leftMs, 0)} left`])].join(" · ")
    : "starting";
  const lines = width < NARROW ? [first, second] : [`${first} · ${second}`];
  return lines.map((line) => truncate(line, width));
}

/** Facts on as few lines as there is width for, broken only between them. */
export function joined(facts: string[], separator: string, width: number): string[] {
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

const measured = (value: number) => figure(value, Math.min(1, Math.abs(value)));

const count = (value: number) => Math.round(value).toLocaleString("en-US");

const speed = ({ tokensPerSecond }: { tokensPerSecond: number }) =>
  `${count(tokensPerSecond)} tokens/s`;

export function duration(ms: number, decimals = 1): string {
  const seconds = Math.round(ms / 1000);
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(decimals)} s` : `${seconds} s`;
}
