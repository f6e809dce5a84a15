import { formatCount, formatDollars, formatDuration } from "../format.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import type { CostFacts } from "../trace/wording.ts";
import type { Block, Part, Span } from "./blocks.ts";
import { evenly } from "./cut.ts";

interface Bill {
  calls: number;
  input: number;
  cached: number;
  output: number;
  ms: number;
  cost: number | null;
}

/** When the calls were made, and what they took and cost; nothing where there are none. */
export function summaryParts(
  events: readonly LabEvent[],
  facts: CostFacts,
  idFor: (name: string) => string,
): Part[] {
  const starts = new Map<number, EventOf<"call-start">>();
  const ends: EventOf<"call-end">[] = [];
  const bills = new Map<string, Bill>();
  for (const event of events) {
    if (event.type === "call-start") starts.set(event.call, event);
    if (event.type === "call-end") ends.push(event);
    const model = event.type === "call-end" ? starts.get(event.call)?.model : undefined;
    if (event.type === "call-end") charge(bills, model ?? "(unknown)", event);
    if (event.type === "texts-embedded") charge(bills, event.model, embedded(event));
  }
  if (bills.size === 0) return [];
  const part = (title: string, blocks: Block[]) => ({ id: idFor(title), title, blocks, parts: [] });
  const unanswered = starts.size - ends.length;
  return [
    ...(ends.length === 0 ? [] : [part("Time line", [spansOf(starts, ends), ...growth(ends)])]),
    part("Costs", [
      billTable(bills),
      ...(unanswered > 0
        ? [
            line(
              `${formatCount(unanswered)} of the calls got no whole reply; what they took is not known.`,
            ),
          ]
        : []),
      line(pricesText(bills, facts)),
    ]),
  ];
}

const line = (text: string): Block => ({ type: "line", tone: "faint", text });

function charge(
  bills: Map<string, Bill>,
  model: string,
  { tokens, cached = 0, ms, cost }: Pick<EventOf<"call-end">, "tokens" | "cached" | "ms" | "cost">,
): void {
  const none = { calls: 0, input: 0, cached: 0, output: 0, ms: 0, cost: null };
  const bill = bills.get(model) ?? none;
  bills.set(model, {
    calls: bill.calls + 1,
    input: bill.input + tokens.input,
    cached: bill.cached + cached,
    output: bill.output + tokens.output,
    ms: bill.ms + ms,
    cost: cost === null ? bill.cost : (bill.cost ?? 0) + cost,
  });
}

const embedded = ({ tokens, cost, ms }: EventOf<"texts-embedded">) => {
  return { tokens: { input: tokens, output: 0 }, cost, ms };
};

function billTable(bills: Map<string, Bill>): Block {
  const all = [...bills.values()];
  const isCached = all.some(({ cached }) => cached > 0);
  const isPaid = all.some(({ cost }) => cost !== null);
  const row = (name: string, bill: Bill) => [
    name,
    formatCount(bill.calls),
    formatCount(bill.input),
    ...(isCached ? [formatCount(bill.cached)] : []),
    formatCount(bill.output),
    formatDuration(bill.ms),
    ...(isPaid ? [bill.cost === null ? "" : formatDollars(bill.cost)] : []),
  ];
  const sum = all.reduce((total, bill) => ({
    calls: total.calls + bill.calls,
    input: total.input + bill.input,
    cached: total.cached + bill.cached,
    output: total.output + bill.output,
    ms: total.ms + bill.ms,
    cost: bill.cost === null ? total.cost : (total.cost ?? 0) + bill.cost,
  }));
  return {
    type: "table",
    caption: "What was sent to each model",
    columns: [
      "model",
      "requests",
      "tokens in",
      ...(isCached ? ["from the cache"] : []),
      "tokens out",
      "time",
      ...(isPaid ? ["cost"] : []),
    ],
    rows: [
      ...[...bills].map(([name, bill]) => row(name, bill)),
      ...(all.length > 1 ? [row("all", sum)] : []),
    ],
  };
}

function pricesText(bills: Map<string, Bill>, { offline, pricesAsOf }: CostFacts): string {
  const isPaid = [...bills.values()].some(({ cost }) => cost !== null);
  if (isPaid) return `Costs are about what a call costs at prices of ${pricesAsOf}.`;
  return offline ? "The offline models cost nothing." : "No price is known for these models.";
}

function spansOf(starts: Map<number, EventOf<"call-start">>, ends: EventOf<"call-end">[]): Block {
  const spans = ends.slice(0, MOST_SPANS).map(({ call, startedMs, ms }): Span => {
    return { call, caller: starts.get(call)?.caller ?? "your code", startedMs, ms };
  });
  const which = ends.length > MOST_SPANS ? `each of the first ${MOST_SPANS} calls` : "each call";
  return { type: "spans", title: `When ${which} was made, and how long it took`, spans };
}

/** The tokens of each call, where there are enough calls for a curve. */
function growth(ends: EventOf<"call-end">[]): Block[] {
  if (ends.length < FEWEST) return [];
  const shown = evenly(ends, MOST_POINTS);
  const of = (side: "input" | "output") =>
    shown.map(({ call, tokens }) => ({ x: call, y: tokens[side] }));
  return [
    {
      type: "plot",
      plot: {
        title: "Tokens of each call",
        x: "call",
        y: "tokens",
        kind: "line",
        series: [
          { name: "in", points: of("input") },
          { name: "out", points: of("output") },
        ],
      },
    },
  ];
}

const FEWEST = 3;
const MOST_POINTS = 300;
const MOST_SPANS = 300;
