import { afterEach, describe, expect, test } from "vitest";
import { Screen } from "../../test/support/screen.ts";
import { widthOf } from "../term/text.ts";
import type { LabEvent } from "../trace/events.ts";
import type { WorkEvent } from "../trace/work-events.ts";
import { jsonlStage } from "./jsonl.ts";
import { plainStage } from "./plain.ts";
import { TerminalStage } from "./terminal.ts";

const STEPS = 1000;
const loss = (step: number) => 1.2 + 5.7 * Math.exp(-step / 120) + 0.1 * Math.sin(step);
const start: WorkEvent = {
  type: "work-start",
  work: "pretraining",
  title: "reading the corpus",
  of: STEPS,
  unit: "steps",
  curve: "loss",
  rated: "tokens",
  parameters: 412_345,
  threads: 2,
};
const step = (at: number): WorkEvent => ({
  type: "work-step",
  work: "pretraining",
  done: at,
  of: STEPS,
  value: loss(at),
  rate: 25_000,
});
const sample = (at: number): WorkEvent => ({
  type: "work-sample",
  work: "pretraining",
  done: at,
  prompt: "The capital of France",
  text: ` is sample${at}.\nWhat is the capital of Peru?`,
});
const end = (outcome: "done" | "stopped" = "done"): WorkEvent => ({
  type: "work-end",
  work: "pretraining",
  done: STEPS,
  ms: 14_230,
  rate: 25_123.4,
  values: Array.from({ length: 100 }, (_, at) => loss(at * 10)),
  outcome,
});
const steps = Array.from({ length: 100 }, (_, at) => (at + 1) * 10);
const training: LabEvent[] = [
  start,
  ...steps.flatMap((at) => (at % 250 === 0 ? [step(at), sample(at)] : [step(at)])),
  end(),
];

let stage: TerminalStage | undefined;
afterEach(() => stage?.close());

function open(screen: Screen, interrupt = () => {}) {
  const { input, output } = screen;
  let clock = 0;
  const now = () => {
    clock += 100;
    return clock;
  };
  const highlight = (code: string) => code;
  stage = new TerminalStage({
    input,
    output,
    level: 0,
    unfolded: false,
    highlight,
    interrupt,
    now,
  });
  return stage;
}

/** Waits until the terminal has drawn what was written to it. */
const drawn = (screen: Screen) =>
  new Promise<void>((done) => screen.output.write("", () => done()));

const fits = (screen: Screen) => {
  for (const line of screen.lines())
    expect([...line].length).toBeLessThanOrEqual(screen.output.columns);
};
const count = (screen: Screen, pattern: RegExp) =>
  screen.lines().filter((line) => pattern.test(line)).length;

describe.each([
  [80, 24],
  [40, 24],
  [200, 50],
  [30, 12],
])("a training at %i columns and %i rows", (columns, rows) => {
  test("is one block that is drawn in place, below the samples, and ends as a curve", async () => {
    const screen = new Screen(columns, rows);
    const on = open(screen);
    for (const event of training.slice(0, -1)) {
      await on.emit(event);
      await drawn(screen);
      fits(screen);
      expect(count(screen, /[━╸─]{4}.* \d+ %$/)).toBe(1);
      expect(count(screen, / steps$/)).toBeLessThanOrEqual(2);
      expect(screen.lines().at(-1)).toMatch(/starting|tokens\/s/);
    }
    expect(screen.lines().join("\n")).toMatch(/━{9} +100 %/);
    await on.emit(end());
    await drawn(screen);
    fits(screen);
    expect(count(screen, /[━╸─]{4}.* \d+ %$/)).toBe(0);
    expect(screen.lines().slice(-3).join(" ").replace(/\s+/g, " ")).toMatch(
      /✓ pretraining · 1,000 steps (· )?14 s/,
    );
    const all = screen.everything();
    expect(all.match(/sample\d+/g)).toEqual(["sample250", "sample500", "sample750", "sample1000"]);
    expect(all.match(/┬/g)?.length).toBeLessThanOrEqual(5);
    expect(screen.written.lastIndexOf("\u001b[?25h")).toBeGreaterThan(
      screen.written.lastIndexOf("\u001b[?25l"),
    );
  });
});

describe("a training on a terminal", () => {
  test("looks like this in the middle, and the curve stays where it is at the end", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    for (const event of training.slice(0, 53)) await on.emit(event);
    await drawn(screen);
    expect(screen.lines().join("\n")).toMatchInlineSnapshot(`
      "
      ▸ pretraining · reading the corpus
        1,000 steps · 412,345 parameters · 2 threads
        step   250  The capital of France » is sample250.⏎What is the capital of Peru?
        step   500  The capital of France » is sample500.⏎What is the capital of Peru?

        pretraining ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╸─────────────────────────────  50 %
         6.39 ┤⠈⠒⡄
              │  ⠑⢢
         4.67 ┤   ⠈⠢⢄
              │     ⠈⠑⢄
         2.94 ┤        ⠉⠖⢄⣀
              │            ⠑⠑⠤⠤⣀⡀⡀
         1.22 ┤                 ⠈⠈⠉⠑⠊⠒⠒⠢⠢⠤⠤⠤⡠⠤⣀⢄⡠⣀⡀
              └┬────────────────┬─────────────────┬────────────────┬────────────────┬
               0               250               500              750     1,000 steps
        step   500 of 1,000 · loss 1.24 · 25,000 tokens/s · 5 s left · q stops"
    `);
    for (const event of training.slice(53)) await on.emit(event);
    await drawn(screen);
    expect(screen.lines().join("\n")).toMatchInlineSnapshot(`
      "
      ▸ pretraining · reading the corpus
        1,000 steps · 412,345 parameters · 2 threads
        step   250  The capital of France » is sample250.⏎What is the capital of Peru?
        step   500  The capital of France » is sample500.⏎What is the capital of Peru?
        step   750  The capital of France » is sample750.⏎What is the capital of Peru?
        step 1,000  The capital of France » is sample1000.⏎What is the capital of
                    Peru?

        pretraining · loss
         6.90 ┤⠈⠢⡀
              │  ⠑⢄
         4.97 ┤    ⠣⣀
              │      ⠑⢄
         3.04 ┤        ⠉⠢⠤⣀⡀
              │            ⠈⠒⠢⠤⢄⣀⢀⡀
         1.10 ┤                  ⠁⠈⠉⠑⠑⠒⠒⠔⠢⠒⠢⠢⠤⠤⠤⠤⠤⠤⠤⡠⠤⠤⢄⢄⠤⠤⡠⣀⠤⣀⢄⡠⢄⠤⣀⢄⡠⢄⡠⣀⠤⣀⢄⠤⢄⢄⡠⢄⡠⣀⠤⣀
              └┬────────────────┬─────────────────┬────────────────┬────────────────┬
               0               250               500              750     1,000 steps
        ✓ pretraining · 1,000 steps · 14 s · 25,123 tokens/s · loss 6.90 → 1.16"
    `);
  });

  test("writes little for a step, and never erases the screen", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    for (const event of training.slice(0, 20)) await on.emit(event);
    const before = screen.written.length;
    await on.emit(step(200));
    expect(screen.written.length - before).toBeLessThan(1000);
    expect(screen.written).not.toContain("\u001b[2J");
  });

  test("a resize in the middle tears nothing", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    const sizes: [number, number][] = [
      [40, 24],
      [200, 50],
      [25, 10],
      [80, 24],
      [60, 6],
      [80, 24],
    ];
    for (const [at, event] of training.entries()) {
      await on.emit(event);
      const size = at % 15 === 14 ? sizes[Math.floor(at / 15)] : undefined;
      if (size) screen.resize(...size);
      await drawn(screen);
      fits(screen);
      const isOver = event.type === "work-end";
      expect(count(screen, /[━╸─]{4}.* \d+ %$/)).toBe(isOver ? 0 : 1);
    }
    await on.emit({ type: "note-shown", text: "after" });
    await drawn(screen);
    expect(screen.lines().at(-1)).toBe("after");
  });

  test("tells how long it still takes", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    await on.emit(start);
    await on.emit(step(400));
    await drawn(screen);
    expect(screen.lines().at(-1)).not.toContain("left");
    await on.emit(step(410));
    await drawn(screen);
    expect(screen.lines().at(-1)).toContain("· 6 s left");
  });

  test("Ctrl-C in the middle leaves the terminal as it was, and what was drawn", async () => {
    const screen = new Screen(80, 24);
    let isInterrupted = false;
    const on = open(screen, () => {
      isInterrupted = true;
    });
    for (const event of training.slice(0, 30)) await on.emit(event);
    screen.press("\u0003");
    await drawn(screen);
    while (!isInterrupted) await new Promise((resolve) => setImmediate(resolve));
    const written = screen.written;
    for (const event of training.slice(30)) await on.emit(event);
    await on.close();
    expect(screen.written).toBe(written);
    expect(written.endsWith("\n\u001b[?25h")).toBe(true);
    expect(screen.input.isRaw).toBe(false);
  });

  test.each<LabEvent>([
    { type: "error-raised", message: "The disk is full", hint: "Make room." },
    { type: "lesson-end", lesson: "x", outcome: "failed", failed: [], totals: { calls: 0, tokens: { input: 0, output: 0 }, cost: null, ms: 0 }, predictions: { right: 0, made: 0 }, recap: [], whenToUse: [], next: null }, // biome-ignore format: one line
  ])("that ends with $type leaves no block behind", async (event) => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    for (const earlier of training.slice(0, 30)) await on.emit(earlier);
    await on.emit(event);
    await drawn(screen);
    expect(count(screen, /[━╸─]{4}.* \d+ %$/)).toBe(0);
    expect(screen.lines().at(-1)).toMatch(/Make room|Stopped/);
  });

  test("a question in the middle stands below what was printed, and the block comes back", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    for (const event of training.slice(0, 30)) await on.emit(event);
    const answer = on.ask({
      kind: "choice",
      question: "Which is better?",
      choices: ["the first", "the second"],
      fallback: null,
    });
    await screen.until(/^ {2}1 the first/);
    expect(count(screen, /[━╸─]{4}.* \d+ %$/)).toBe(0);
    screen.press("2");
    expect(await answer).toEqual({ value: "the second", by: "learner" });
    await on.emit(step(310));
    await drawn(screen);
    expect(count(screen, /1 the first/)).toBe(0);
    expect(count(screen, /[━╸─]{4}.* \d+ %$/)).toBe(1);
  });
});

describe("where nothing can be drawn anew", () => {
  const plain = async (width: number, events: LabEvent[]) => {
    let text = "";
    const write = (more: string) => {
      text += more;
    };
    const highlight = (code: string) => code;
    const on = plainStage({ write, width, level: 0, unfolded: false, highlight });
    for (const event of events) await on.emit(event);
    return text;
  };

  test.each([80, 40])("a training is told in tenths at %i columns", async (width) => {
    const text = await plain(width, training);
    expect(text.match(/^ {2}pretraining +\d+ %.*$/gm)).toHaveLength(10);
    expect(text.replace(/\s+/g, " ")).toContain(
      "pretraining 40 % 400/1,000 loss 1.32 25,000 tokens/s",
    );
    expect(text.match(/sample\d+/g)).toHaveLength(4);
    expect(text).toMatch(/1,000 steps\n {2}✓ pretraining · 1,000 steps · 14 s/);
    expect(text).not.toContain("\u001b");
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(width);
  });

  test("one that was stopped says so, and one without values has no curve", async () => {
    expect(await plain(80, [start, end("stopped")])).toContain("■ pretraining, stopped early ·");
    const bare = { ...end("stopped"), values: [], done: 0 } as WorkEvent;
    expect(await plain(80, [start, bare])).not.toContain("┬");
  });

  test("jsonl gives every event as it is", async () => {
    const lines: string[] = [];
    const on = jsonlStage({ write: (text) => void lines.push(text) });
    for (const event of training) await on.emit(event);
    expect(lines.map((line) => JSON.parse(line))).toEqual(training);
  });

  const bars = [
    { label: " blue", value: 0.413, note: "drawn" },
    { label: "\n", value: 0.062 },
    { label: " a long token that goes on and on", value: 0.0001, note: "cut by top-p" },
    { label: "", value: 0 },
    { label: "日本\u001b[2J", value: 1 },
  ];

  test("bars look like this", async () => {
    const shown: LabEvent = { type: "bars-shown", title: "The sky is\nalways", bars };
    expect(await plain(80, [shown])).toMatchInlineSnapshot(`
      "
        The sky is⏎always
          ·blue                    ████████████ 41.3 %  drawn
          ⏎                        █▊ 6.2 %
          ·a·long·token·that·goes… ▏ <0.1 %  cut by top-p
          (empty)                  0.0 %
          日本                     █████████████████████████████ 100.0 %
      "
    `);
    expect(await plain(40, [shown])).toMatchInlineSnapshot(`
      "
        The sky is⏎always
          ·blue        ██████▎ 41.3 %
                       drawn
          ⏎            ▉ 6.2 %
          ·a·long·tok… ▏ <0.1 %
                       cut by top-p
          (empty)      0.0 %
          日本         ███████████████ 100.0 %
      "
    `);
  });

  test("bars fit, whatever the width", async () => {
    for (let width = 24; width <= 120; width++) {
      const text = await plain(width, [{ type: "bars-shown", title: "x", bars }]);
      for (const line of text.split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }
    expect(await plain(80, [{ type: "bars-shown", title: "none", bars: [] }])).toBe("\n  none\n");
  });
});
