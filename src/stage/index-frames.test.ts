import { afterEach, expect, test } from "vitest";
import { Screen } from "../../test/support/screen.ts";
import { createStyle } from "../term/style.ts";
import { widthOf } from "../term/text.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import { progressLine } from "./index-frames.ts";
import { TerminalStage } from "./terminal.ts";

let stage: TerminalStage | undefined;
afterEach(() => stage?.close());

const START: LabEvent = {
  type: "index-start",
  version: 1,
  folder: "/notes",
  store: "lancedb in /store",
  endpoint: "offline",
  model: "offline-embedding",
  why: "a test",
  pricesAsOf: "2025-08",
};
const step = (done: number, phase: "reading" | "embedding" = "embedding") =>
  ({ type: "index-step", phase, done, of: 2000 }) satisfies EventOf<"index-step">;
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

test.each([80, 40, 20])("a bar fits %i columns at every moment", (width) => {
  const style = createStyle(0);
  for (let done = 0; done <= 2000; done += 100)
    for (const phase of ["reading", "embedding"] as const)
      expect(widthOf(progressLine(step(done, phase), width, style))).toBeLessThan(width);
  expect(progressLine(step(500), 80, style)).toBe(
    "embedding ████████░░░░░░░░░░░░░░░░░░░░░░  25 % 500 of 2,000 chunks",
  );
});

test.each([80, 40])(
  "on a screen of %i columns the bar moves in its line, and is gone at the end",
  async (columns) => {
    const screen = new Screen(columns, 12);
    const { input, output } = screen;
    const highlight = (code: string) => code;
    const interrupt = () => {};
    stage = new TerminalStage({ input, output, level: 0, unfolded: false, highlight, interrupt });
    await stage.emit(START);
    await stage.emit(step(2000, "reading"));
    await stage.emit(step(1000));
    await screen.untilText(/embedding .*50 %/);
    expect(screen.everything()).not.toContain("reading");
    await stage.emit(END);
    // A full page does not hold up what runs by itself.
    await screen.untilText(/Now ask: llm-lab ask "…"/);
    expect(screen.everything()).not.toMatch(/embedding .*%|█/);
    expect(screen.everything().replace(/\s+/g, " ")).toContain(
      "Left out, a picture: 0.png, 1.png, 2.png, 3.png, 4.png and 35 more (--full names all)",
    );
  },
);
