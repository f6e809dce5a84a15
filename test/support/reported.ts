import { reportOf } from "../../src/report/report.ts";
import type { EventOf, LabEvent } from "../../src/trace/events.ts";

const START: LabEvent = {
  type: "run-start",
  version: 3,
  kind: "lesson",
  endpoint: "offline",
  model: "offline-tutor",
  why: "offline",
  pricesAsOf: "November 2026",
};
const about = { now: new Date("2026-11-27T10:00:00Z"), version: "1.2.3", whole: "Ask for all." };

/** The report of a run with these events. */
export const reportIn = (format: "html" | "markdown", ...events: LabEvent[]): string =>
  reportOf([START, ...events], { ...about, format });
export const html = (...events: LabEvent[]): string => reportIn("html", ...events);
export const markdown = (...events: LabEvent[]): string => reportIn("markdown", ...events);

export const step = (id: string, params: Record<string, number> = {}): EventOf<"step-start"> => ({
  type: "step-start",
  step: id,
  title: `The step ${id}`,
  prose: "Some *prose* with `code`.",
  code: { file: "lessons/a/b.ts", line: 7, text: "await chat().invoke('<b>');" },
  place: 1,
  of: 1,
  params,
  brief: false,
});

export const call = (number: number, text: string, reply: string): LabEvent[] => [
  {
    type: "call-start",
    call: number,
    kind: "chat",
    model: "offline-tutor",
    caller: null,
    purpose: "answer",
    messages: [{ role: "user", parts: [{ origin: "input", text }] }],
  },
  {
    type: "call-end",
    call: number,
    text: reply,
    tokens: { input: 10, output: 5 },
    inputCount: { kind: "chat", by: "llm-lab", text: 10 },
    cost: null,
    startedMs: number * 10,
    ms: 5,
  },
];

export const value = (text: string, label = "a value"): LabEvent => ({
  type: "value-shown",
  label,
  value: text,
});
