import { expect, test } from "vitest";
import chains from "../../lessons/chains/lesson.ts";
import memory from "../../lessons/memory/lesson.ts";
import { playAll } from "../../test/support/lesson.ts";
import type { Lesson } from "../lesson/types.ts";
import { createStyle } from "../term/style.ts";
import type { LabEvent } from "../trace/events.ts";
import { createFrames } from "./frames.ts";
import { Legend } from "./legend.ts";
import { scriptedStage } from "./scripted.ts";

const look = {
  width: 80,
  style: createStyle(0),
  unfolded: false,
  foldHint: "f unfolds",
  highlight: (code: string) => code,
};

async function played(lesson: Lesson, ...sections: string[]): Promise<LabEvent[]> {
  const stage = scriptedStage({});
  await playAll(lesson, stage, {}, { sections });
  return stage.events;
}

const MEANINGS = {
  "▸": "▸ is a call to a model",
  "+": "+ is a line that the prompt before did not have",
  "┆": "┆ repeats what was filled into the template",
  "tokens in": "in: what was sent, in a chat with marks of who speaks",
  keeps: "keeps: is stored in your program; sends: goes into the next prompt",
};

test.each([80, 40])("each sign is explained once a run, %i columns wide", async (width) => {
  const frames = createFrames({ ...look, width });
  const events = await played(memory, "stateless", "buffer", "window");
  const lines = events.flatMap((event) => frames.draw(event));
  for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
  const text = lines.join(" ").replace(/\s+/g, " ");
  // A narrow screen has words in place of the sign.
  const signs = Object.entries(MEANINGS).filter(([sign]) => width > 60 || sign !== "┆");
  for (const [, meaning] of signs)
    expect([meaning, text.split(meaning).length - 1]).toEqual([meaning, 1]);
});

test("signs of chains are explained where the first chain of chains stands", async () => {
  const frames = createFrames(look);
  const events = await played(chains, "llm-chain", "simple-sequential", "sequential");
  const text = events.map((event) => frames.draw(event).join("\n")).join("\n");
  const head = text.indexOf("▾ SimpleSequentialChain");
  expect(head).toBeGreaterThan(0);
  expect(text.indexOf("(▾ is a chain of chains")).toBeGreaterThan(head);
  expect(text.split("(▾ is a chain").length - 1).toBe(1);
  expect(text.split("(→ is what the link gives").length - 1).toBe(1);
});

test("a step that is drawn again keeps its explanations, and gets no others", async () => {
  const legend = new Legend();
  const events = await played(memory, "stateless", "buffer");
  const draw = (part: LabEvent[]) => {
    const frames = createFrames(look, legend);
    return part.flatMap((event) => frames.draw(event)).join("\n");
  };
  const second = events.findLastIndex(({ type }) => type === "section-start");
  const [first, later] = [events.slice(0, second), events.slice(second)];
  const [once, then] = [draw(first), draw(later)];
  expect(draw(first)).toBe(once);
  expect(draw(later)).toBe(then);
  expect(once).toContain("(▸ is a call");
  expect(then).not.toContain("(▸ is a call");
});
