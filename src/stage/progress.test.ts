import { expect, test } from "vitest";
import { createStyle } from "../term/style.ts";
import { widthOf } from "../term/text.ts";
import type { LabEvent } from "../trace/events.ts";
import { createFrames } from "./frames.ts";
import { LiveBlock } from "./live-block.ts";
import { liveLines } from "./progress-frames.ts";

const start: LabEvent = { type: "progress-start", title: "written", of: 5000, unit: "vectors" };
const look = (width: number) => ({
  width,
  style: createStyle(0),
  unfolded: false,
  foldHint: "",
  highlight: String,
});
const step = (done: number): LabEvent => ({ type: "progress-step", done, of: 5000 });

test("in a pipe, work is told at its quarters and at its end", () => {
  const frames = createFrames(look(80));
  const events = [start, ...[100, 1300, 1400, 2600, 4999, 5000].map(step)];
  const end: LabEvent = { type: "progress-end", done: 5000, ms: 2100 };
  expect([...events, end].flatMap((event) => frames.draw(event)).join("\n")).toMatchInlineSnapshot(`
    "  written   25 %  1,300/5,000 vectors
      written   50 %  2,600/5,000 vectors
      written   75 %  4,999/5,000 vectors
      ✓ written · 5,000 vectors · 2.1 s"
  `);
});

test.each([80, 40, 24])("on a screen of %i columns it is a bar, and gone when it ends", (width) => {
  let written = "";
  let now = 0;
  let drawn: string[] = [];
  const block = new LiveBlock({
    write: (text) => {
      written += text;
    },
    draw: (progress) => {
      drawn = liveLines(progress, look(width), 24);
      return drawn;
    },
    now: () => now,
  });
  block.follow(start);
  block.show();
  now = 1000;
  block.follow(step(2500));
  block.show();
  expect(drawn.join("\n")).toContain("50 %");
  if (width === 80) expect(drawn.join("\n")).toContain("2,500 of 5,000 vectors · 1 s left");
  for (const line of drawn) expect(widthOf(line)).toBeLessThan(width);
  block.follow({ type: "progress-end", done: 5000, ms: 2000 });
  expect(block.isOn).toBe(false);
  expect(written.endsWith("\u001b[?25h")).toBe(true);
});
