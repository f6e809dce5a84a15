import { afterEach, expect, test } from "vitest";
import { Screen } from "../../test/support/screen.ts";
import { EVENTS_VERSION, type EventOf, type LabEvent } from "../trace/events.ts";
import { TerminalStage } from "./terminal.ts";

let stage: TerminalStage | undefined;
afterEach(() => stage?.close());

const START: LabEvent[] = [
  {
    type: "run-start",
    version: EVENTS_VERSION,
    kind: "index",
    endpoint: "offline",
    model: "offline-embedding-2",
    why: "a test",
    pricesAsOf: "2025-08",
  },
  { type: "index-start", folder: "/notes", store: "lancedb in /store" },
];
const step = (work: string, done: number): LabEvent => ({
  type: "work-step",
  work,
  done,
  of: 2000,
});
const READING: LabEvent[] = [
  { type: "work-start", work: "reading", title: "reading", of: 2000, unit: "files", quick: true },
  step("reading", 1000),
];
const READ: LabEvent = { type: "work-end", work: "reading", done: 2000, ms: 10, outcome: "done" };
const EMBEDDING: LabEvent[] = [
  { type: "work-start", work: "embedding", title: "embedding", of: 2000, unit: "chunks" },
  step("embedding", 1000),
];
const EMBEDDED: LabEvent = { ...READ, work: "embedding", ms: 1200 };
const END: EventOf<"index-end"> = {
  type: "index-end",
  files: { all: 1000, changed: 3, unchanged: 997, gone: 0 },
  chunks: 2000,
  embedded: 7,
  requests: 1,
  tokens: 900,
  cost: null,
  leftOut: Array.from({ length: 40 }, (_, at) => ({ file: `${at}.png`, reason: "a picture" })),
  ask: 'llm-lab ask "…"',
  ms: 1200,
};

test.each([80, 40])(
  "on a screen of %i columns the bar moves in its line, and is gone at the end",
  async (columns) => {
    const screen = new Screen(columns, 12);
    const { input, output } = screen;
    const highlight = (code: string) => code;
    const interrupt = () => {};
    stage = new TerminalStage({ input, output, level: 0, unfolded: false, highlight, interrupt });
    for (const event of [...START, ...READING]) await stage.emit(event);
    await screen.untilText(/reading .*50 %/);
    for (const event of [READ, ...EMBEDDING]) await stage.emit(event);
    await screen.untilText(/embedding .*50 %[\s\S]*1,000 of 2,000 chunks/);
    expect(screen.everything()).not.toContain("reading");
    for (const event of [EMBEDDED, END]) await stage.emit(event);
    // A full page does not hold up what runs by itself.
    await screen.untilText(/Now ask: llm-lab ask "…"/);
    expect(screen.everything()).not.toMatch(/embedding .*%|━/);
    expect(screen.everything().replace(/\s+/g, " ")).toContain(
      "Left out, a picture: 0.png, 1.png, 2.png, 3.png, 4.png and 35 more (--full names all)",
    );
  },
);
