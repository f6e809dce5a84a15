import { countOf, formatCount, formatDuration } from "../format.ts";
import { measured } from "../term/curve.ts";
import type { EventOf } from "../trace/events.ts";
import type { PlotPoint } from "./blocks.ts";
import type { OpenWork, Page } from "./page.ts";

/** How work is told: its curve, what the model made of prompts on the way, and what it took. */
export const WORK_FORMS = {
  "work-start": startForm,
  "work-step"({ work, done, value }: EventOf<"work-step">, page: Page) {
    if (value !== undefined) page.works.get(work)?.values.push({ x: done, y: value });
  },
  "work-sample"({ work, done, prompt, text }: EventOf<"work-sample">, page: Page) {
    const said = text === "" ? "(nothing)" : text;
    page.works.get(work)?.samples.push([formatCount(done), page.cut(prompt), page.cut(said)]);
  },
  "work-end"(event: EventOf<"work-end">, page: Page) {
    const known = page.works.get(event.work);
    page.works.delete(event.work);
    if (known && !known.start.quick) tellWork(known, event, page);
  },
};

function startForm(event: EventOf<"work-start">, page: Page): void {
  page.works.set(event.work, { start: event, values: [], samples: [] });
  if (event.curve === undefined) return;
  const { work, title, of, unit, parameters, threads } = event;
  if (page.kind === "train") page.openStep(work, work);
  const facts = [
    countOf(of, unit.replace(/s$/, ""), unit),
    ...(parameters === undefined ? [] : [`${formatCount(parameters)} parameters`]),
    ...(threads === undefined || page.costs.timeless ? [] : [countOf(threads, "thread")]),
  ];
  page.add({ type: "line", tone: "strong", text: `${work} · ${title}` });
  page.add({ type: "line", tone: "faint", text: facts.join(" · ") });
}

/** Work that the run did not see to its end, as far as it came. */
export function tellUnfinished(page: Page): void {
  for (const known of page.works.values()) if (!known.start.quick) tellWork(known, undefined, page);
  page.works.clear();
}

function tellWork(
  { start, values, samples }: OpenWork,
  end: EventOf<"work-end"> | undefined,
  page: Page,
): void {
  const { work, curve = "value", unit, rated = unit } = start;
  const { timeless } = page.costs;
  const points = end?.values ? spread(end.values, end.done) : values.filter(({ y }) => isFigure(y));
  if (start.curve !== undefined && points.length > 1)
    page.add({
      type: "plot",
      plot: {
        title: `${work} · ${curve}`,
        x: unit,
        y: curve,
        kind: "line",
        series: [{ name: curve, points }],
      },
    });
  if (samples.length > 0)
    page.add({
      type: "table",
      caption: `What the model made of prompts on the way`,
      columns: ["step", "prompt", "it goes on"],
      rows: samples,
    });
  const never = values.length > 0 && points.length === 0;
  if (start.curve !== undefined && never)
    page.add({ type: "line", tone: "bad", text: `The ${curve} was never a number.` });
  const mark = end?.outcome === "done" ? "✓" : "■";
  const early = end === undefined ? ", not finished" : ", stopped early";
  const [first, last] = [points[0], points.at(-1)];
  const took = [
    `${mark} ${work}${end?.outcome === "done" ? "" : early}`,
    ...(end ? [countOf(end.done, unit.replace(/s$/, ""), unit)] : []),
    ...(end && !timeless ? [formatDuration(end.ms)] : []),
    ...(end?.rate === undefined || timeless ? [] : [`${formatCount(end.rate)} ${rated}/s`]),
    ...(start.curve !== undefined && first && last && points.length > 1
      ? [`${curve} ${measured(first.y)} → ${measured(last.y)}`]
      : []),
  ];
  page.add({
    type: "line",
    tone: end?.outcome === "done" ? "good" : "bad",
    text: took.join(" · "),
  });
}

/** Values at even distances over the units that were done. */
function spread(values: readonly number[], done: number): PlotPoint[] {
  return values
    .map((y, at) => ({ x: Math.round(((at + 1) / values.length) * done), y }))
    .filter(({ y }) => isFigure(y));
}

// JSON has null for what is not a number.
const isFigure = (value: unknown) => Number.isFinite(value);
