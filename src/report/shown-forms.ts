import { formatPercent } from "../format.ts";
import type { EventOf, Series } from "../trace/events.ts";
import { linesOfPrompt, markNew, textsOf } from "../trace/prompt-lines.ts";
import { memoryText } from "../trace/wording.ts";
import type { Plot, PlotPoint } from "./blocks.ts";
import { linesBlock } from "./call-forms.ts";
import { evenly } from "./cut.ts";
import type { Page } from "./page.ts";

/** How what a step shows is told. */
export const SHOWN_FORMS = {
  "memory-shown": memoryForm,
  "table-shown": ({ title, columns, rows }: EventOf<"table-shown">, page: Page) =>
    page.add({
      type: "table",
      caption: title,
      columns,
      rows: rows.slice(0, MOST_ROWS).map((row) => row.map((cell) => page.cut(cell))),
    }),
  "chart-shown": (event: EventOf<"chart-shown">, page: Page) =>
    page.add({ type: "plot", plot: plotOf(event) }),
  "tokens-shown": ({ pieces }: EventOf<"tokens-shown">, page: Page) =>
    page.add({ type: "tokens", pieces: pieces.slice(0, page.limits.text) }),
  "bars-shown": ({ title, bars }: EventOf<"bars-shown">, page: Page) =>
    page.add({ type: "bars", title, bars }),
  "map-shown": ({ title, points, kept }: EventOf<"map-shown">, page: Page) =>
    page.add({
      type: "map",
      title,
      points,
      note: `Two dimensions keep ${formatPercent(kept)} of the differences.`,
    }),
  "chain-drawn": ({ title, diagram }: EventOf<"chain-drawn">, page: Page) =>
    page.add({ type: "diagram", id: page.idFor("diagram"), title, diagram }),
  "prompt-shown": ({ messages }: EventOf<"prompt-shown">, page: Page) =>
    page.add(linesBlock("The prompt", linesOfPrompt(messages, true), undefined, page)),
  "note-shown": ({ text }: EventOf<"note-shown">, page: Page) =>
    page.add({ type: "line", tone: "plain", text: page.cut(text) }),
};

const MOST_ROWS = 500;

/** What a memory holds, and what is new in it since it was last shown under the same title. */
function memoryForm(event: EventOf<"memory-shown">, page: Page): void {
  const { title } = event;
  const content = event.content === "" ? "(nothing)" : event.content;
  const parts = [{ origin: "history" as const, text: page.cut(content) }];
  const lines = linesOfPrompt([{ role: "user", parts }], true);
  for (const line of lines) line.label = "memory";
  const before = page.memories.get(title);
  const gone = markNew(lines, before);
  page.memories.set(title, { call: 0, lines: textsOf(lines) });
  const lost = before && { from: "the memory before", lines: gone };
  const block = linesBlock(title, lines, lost, page);
  const isOpen = lines.length <= FEW_LINES;
  page.add({ type: "fold", summary: { title, about: memoryText(event) }, blocks: [block], isOpen });
}

const FEW_LINES = 12;

function plotOf({ title, xLabel, yLabel, series }: EventOf<"chart-shown">): Plot {
  const isPlaced = series.some(({ xs }) => xs !== undefined);
  return {
    title,
    x: xLabel,
    y: yLabel,
    kind: isPlaced ? "points" : "line",
    series: series.map(({ name, ...of }) => ({
      name,
      points: [...evenly(pointsOf(of), MOST_ROWS)],
    })),
  };
}

function pointsOf({ points, xs, labels, marks }: Omit<Series, "name">): PlotPoint[] {
  return points.flatMap((y, at) => {
    const x = xs === undefined ? at + 1 : (xs[at] ?? Number.NaN);
    const label = labels?.[at];
    const mark = marks?.find((one) => one.x === at + 1)?.label;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return [];
    return [{ x, y, ...(label !== undefined && { label }), ...(mark !== undefined && { mark }) }];
  });
}
