import type { Emit, LabEvent, ParamValue } from "../trace/events.ts";
import { toJson } from "../trace/json.ts";
import { callsOf, totalsOf } from "../trace/totals.ts";
import type { Scratch } from "./scratch.ts";
import type { Facts, Memory, Models, StepContext } from "./types.ts";

interface ContextOptions {
  models: Models;
  params: Record<string, ParamValue>;
  emit: Emit;
  /** the events of the step so far */
  events: readonly LabEvent[];
  scratch: Scratch;
  choose: StepContext["choose"];
  /** the text of the learner's own file, if one was given */
  file?: string;
}

/** What a step's body is given: models, params, and ways to show what it found. */
export function stepContext({
  models,
  params,
  emit,
  events,
  scratch,
  choose,
  file,
}: ContextOptions): StepContext {
  let counted = 0;
  return {
    chat: models.chat,
    complete: models.complete,
    embeddings: models.embeddings,
    countTokens: models.countTokens,
    params,
    spent: () => {
      const since = events.slice(counted);
      counted = events.length;
      return totalsOf(since);
    },
    file: (name) => scratch.file(name),
    show: async (label, value) => emit({ type: "value-shown", label, value: toJson(value) }),
    look: async (memory, title = "What the memory would send") => {
      const seen = { title, ...(await lookInto(memory, models.countTokens)) };
      await emit({ type: "memory-shown", ...seen });
      return seen;
    },
    table: async (title, columns, rows) =>
      emit({ type: "table-shown", title, columns, rows: rows.map((row) => row.map(String)) }),
    fails: async (what, attempt) => {
      const label = await attempt().then(
        (value) => ({ label: `${what}: no error`, value: toJson(value) }),
        (error: unknown) => ({ label: `${what}: an error`, value: messageOf(error) }),
      );
      await emit({ type: "value-shown", ...label });
    },
    timeline: async () => emit({ type: "table-shown", ...timelineOf(events) }),
    draw: async (chain, title = "The chain, and what flowed") => {
      const { describeChain } = await import("../diagram/describe.ts");
      await emit({
        type: "chain-drawn",
        title,
        diagram: describeChain(chain, valuesIn(events), callsOf(events).at(-1), ranIn(events)),
      });
    },
    rows: async (csv) => (await import("./rows.ts")).parseRows(file ?? csv),
    plot: async (title, axes, series) =>
      emit({ type: "chart-shown", title, xLabel: axes.x, yLabel: axes.y, series }),
    tell: async (facts: Facts) => emit({ type: "facts-told", facts }),
    bars: async (title, bars) => emit({ type: "bars-shown", title, bars }),
    choose,
  };
}

/** The error as LangChain words it, by its class. */
function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.trim()}` : String(error);
}

/** When each call began and ended, as bars over the time of all of them. */
function timelineOf(events: readonly LabEvent[]) {
  const ends = events.filter((event) => event.type === "call-end");
  const begin = Math.min(...ends.map(({ startedMs }) => startedMs));
  const length = Math.max(...ends.map(({ startedMs, ms }) => startedMs + ms)) - begin || 1;
  const rows = ends
    .toSorted((a, b) => a.startedMs - b.startedMs)
    .map(({ call, startedMs, ms, text }) => {
      const at = Math.round(((startedMs - begin) / length) * 30);
      const width = Math.max(1, Math.round((ms / length) * 30));
      return [
        `${call}`,
        `${"·".repeat(at)}${"█".repeat(Math.min(width, 31 - at))}`,
        text.slice(0, 24),
      ];
    });
  return { title: "Time line", columns: ["call", "time", "reply"], rows };
}

/** The names of what ran, in order. */
const ranIn = (events: readonly LabEvent[]) =>
  events.flatMap((event) => (event.type === "chain-start" ? [event.name] : []));

/** The last value of every variable that a chain took or gave. */
function valuesIn(events: readonly LabEvent[]): Record<string, string> {
  const flows = events.flatMap((event) => {
    if (event.type === "chain-start") return [event.inputs];
    return event.type === "chain-end" ? [event.outputs] : [];
  });
  const entries = flows.flatMap((flow) =>
    flow !== null && typeof flow === "object" && !Array.isArray(flow) ? Object.entries(flow) : [],
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** What a memory would send, how much that is, and how many messages it keeps and sends. */
export async function lookInto(memory: Memory, countTokens: (text: string) => number) {
  const variables = Object.values(await memory.loadMemoryVariables({}));
  const messages = variables.flat().filter(isMessage);
  const content = messages.length > 0 ? messages.map(lineOf).join("\n") : variables.join("\n");
  const stored = await memory.chatHistory?.getMessages();
  const sent = stored ? countSent(content, stored.filter(isMessage).map(lineOf)) : null;
  return { content, tokens: countTokens(content), stored: stored?.length ?? null, sent };
}

/** How many of the stored lines the content ends with. */
function countSent(content: string, lines: string[]): number {
  let rest = content;
  let sent = 0;
  for (const line of lines.toReversed()) {
    if (!rest.endsWith(line)) break;
    rest = rest.slice(0, -line.length).replace(/\n$/, "");
    sent += 1;
  }
  return sent;
}

interface MessageLike {
  getType(): string;
  content: unknown;
}

function isMessage(value: unknown): value is MessageLike {
  return typeof value === "object" && value !== null && "getType" in value && "content" in value;
}

/** A message as LangChain's buffer string writes it. */
function lineOf(message: MessageLike): string {
  const prefix =
    { human: "Human", ai: "AI", system: "System" }[message.getType()] ?? message.getType();
  return `${prefix}: ${message.content}`;
}
