import { expect, test } from "vitest";
import { createStyle } from "../term/style.ts";
import { widthOf } from "../term/text.ts";
import type { LabEvent } from "../trace/events.ts";
import { createFrames } from "./frames.ts";
import { LiveBlock } from "./live-block.ts";
import { workBlock } from "./work-frames.ts";

const work = "written";
const start: LabEvent = { type: "work-start", work, title: work, of: 5000, unit: "vectors" };
const end: LabEvent = { type: "work-end", work, done: 5000, ms: 2100, outcome: "done" };
const look = (width: number) => ({
  width,
  style: createStyle(0),
  unfolded: false,
  foldHint: "",
  highlight: String,
});
const step = (done: number): LabEvent => ({ type: "work-step", work, done, of: 5000 });

test("in a pipe, work is told at each tenth and at its end", () => {
  const frames = createFrames(look(80));
  const events = [start, ...[100, 1300, 1400, 2600, 4999, 5000].map(step)];
  expect([...events, end].flatMap((event) => frames.draw(event)).join("\n")).toMatchInlineSnapshot(`
    "  written   20 %  1,300/5,000 vectors
      written   50 %  2,600/5,000 vectors
      written   90 %  4,999/5,000 vectors
      written  100 %  5,000/5,000 vectors
      ✓ written · 5,000 vectors · 2.1 s"
  `);
});

test("in a pipe, what is over in a moment is not told", () => {
  const frames = createFrames(look(80));
  const events: LabEvent[] = [{ ...start, quick: true }, ...[100, 5000].map(step), end];
  expect(events.flatMap((event) => frames.draw(event))).toEqual([]);
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
      drawn = workBlock(progress, look(width), 24);
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
  block.follow(end);
  expect(block.isOn).toBe(false);
  expect(written.endsWith("\u001b[?25h")).toBe(true);
});
