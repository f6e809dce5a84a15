import { expect, test } from "vitest";
import chains from "../../lessons/chains/lesson.ts";
import memory from "../../lessons/memory/lesson.ts";
import { playAll } from "../../test/support/lesson.ts";
import type { Lesson } from "../lesson/types.ts";
import { loadCounter } from "../model/tokens.ts";
import { createStyle } from "../term/style.ts";
import { EVENTS_VERSION, type EventOf, type LabEvent } from "../trace/events.ts";
import { wrapAtDots } from "./call-frames.ts";
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
  const countTokens = await loadCounter("offline-tutor");
  await playAll(lesson, stage, {}, { sections, countTokens });
  return stage.events;
}

const MEANINGS = {
  "▸": "▸ is a call to a model",
  "+": "+ is a line that the prompt before did not have",
  "┆": "┆ repeats what was filled into the template",
  "tokens in": "14 in: 7 of text, 4 that mark who speaks, 3 that open the reply; out: the reply",
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

const started = (endpoint: string): LabEvent => ({
  type: "run-start",
  version: EVENTS_VERSION,
  kind: "lesson",
  endpoint,
  model: "m",
  why: "it was asked for",
  pricesAsOf: "2026-11",
});
const ended = (input: number, inputCount: EventOf<"call-end">["inputCount"]): LabEvent => ({
  type: "call-end",
  call: 1,
  text: "Hi.",
  tokens: { input, output: 2 },
  inputCount,
  cost: null,
  startedMs: 0,
  ms: 5,
});

/** What is said of the counts of the first call of a run. */
function saidOf(endpoint: string, ...calls: LabEvent[]): string[] {
  const frames = createFrames({ ...look, width: 300 });
  frames.draw(started(endpoint));
  return calls.map(
    (call) =>
      frames
        .draw(call)
        .find((line) => /^ {2}\(/.test(line))
        ?.trim() ?? "",
  );
}

const FORMAT = { messages: 2, marks: 8, opening: 3 };
const LIVE = "https://models.example/v1";

test.each([
  [
    "offline, of two messages",
    "offline",
    ended(16, { kind: "chat", by: "endpoint", text: 5, added: FORMAT }),
    "(16 in: 5 of text, 8 that mark who speaks (4 for each message), 3 that open the reply; out: the reply)",
  ],
  [
    "an endpoint whose figures add up",
    LIVE,
    ended(16, { kind: "chat", by: "endpoint", text: 5, added: FORMAT }),
    "(16 in, by the endpoint's count: 5 of text, 8 that mark who speaks (4 for each message), 3 that open the reply; out: the reply)",
  ],
  [
    "an endpoint whose figures do not",
    LIVE,
    ended(31, { kind: "chat", by: "endpoint", text: 5 }),
    "(31 in is the endpoint's count; llm-lab counts 5 in the text alone. Marks of who speaks, tools, or another tokenizer may make the difference; out: the reply)",
  ],
  [
    "an endpoint that does not count",
    LIVE,
    ended(5, { kind: "chat", by: "llm-lab", text: 5 }),
    "(5 in is llm-lab's own count of the text, as the endpoint gave none; out: the reply)",
  ],
  [
    "a text that is completed",
    LIVE,
    ended(6, { kind: "completion", by: "endpoint", text: 6 }),
    "(6 in is the endpoint's count of the text; out: the reply)",
  ],
])("what a count is made of, and whose it is: %s", (_, endpoint, call, said) => {
  expect(saidOf(endpoint, call, call)).toEqual([said, said]);
  expect(saidOf(endpoint, call, { ...call } as LabEvent)).toEqual([said, ""]);
});

test("a run with both kinds of call explains the counts of each", () => {
  const text = ended(8, { kind: "completion", by: "endpoint", text: 7 });
  const chat = ended(12, {
    kind: "chat",
    by: "endpoint",
    text: 5,
    added: { messages: 1, marks: 4, opening: 3 },
  });
  const [first, second] = saidOf("offline", text, chat);
  expect(first).toContain("in: the text as this model cuts it, and a mark where it begins");
  expect(second).toContain("12 in: 5 of text, 4 that mark who speaks, 3 that open the reply");
});

test("a figure and its unit stay on one line of a narrow screen", () => {
  for (let width = 12; width < 50; width++) {
    const lines = wrapAtDots("1 call · 68 tokens in · 8 out · 1.4 s · free", width);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(width);
      for (const part of line.split("·").map((words) => words.trim()))
        expect(["1 call", "68 tokens in", "8 out", "1.4 s", "free", ""]).toContain(part);
    }
  }
});
