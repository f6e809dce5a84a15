import { afterEach, beforeEach, describe, expect, test } from "vitest";
import chains from "../../lessons/chains/lesson.ts";
import memory from "../../lessons/memory/lesson.ts";
import { SAMPLES } from "../../test/support/events.ts";
import { offlineSurroundings } from "../../test/support/play.ts";
import { Screen } from "../../test/support/screen.ts";
import { type Outcome, play } from "../lesson/play.ts";
import { loadCounter } from "../model/tokens.ts";
import type { LabEvent, PromptPart } from "../trace/events.ts";
import { TerminalStage } from "./terminal.ts";
import type { TerminalOptions } from "./terminal-options.ts";

let countTokens: (text: string) => number;
let stage: TerminalStage | undefined;
beforeEach(async () => {
  countTokens = await loadCounter("offline-tutor");
});
afterEach(() => stage?.close());

function open(screen: Screen, interrupt = () => {}, more: Partial<TerminalOptions> = {}) {
  const { input, output } = screen;
  stage = new TerminalStage({
    input,
    output,
    level: 0,
    unfolded: false,
    highlight: (code) => code,
    interrupt,
    ...more,
  });
  return stage;
}

/** Plays a section on the screen, against the real offline endpoint. */
function playOn(
  screen: Screen,
  section: string,
  lesson = memory,
): { outcome: Promise<Outcome>; controller: AbortController } {
  const controller = new AbortController();
  const stage = open(screen, () => controller.abort(new Error("interrupted")));
  const outcome = play({
    lesson,
    sections: [section],
    settings: {},
    ...offlineSurroundings(stage, countTokens, true),
    signal: controller.signal,
  });
  return { outcome, controller };
}

const fits = (screen: Screen) => {
  for (const line of screen.lines())
    expect([...line].length).toBeLessThanOrEqual(screen.output.columns);
};

describe.each([
  [80, 24],
  [40, 24],
  [200, 50],
])("a section at %i columns and %i rows", (columns, rows) => {
  test("is stepped through from the first key to the last", async () => {
    const screen = new Screen(columns, rows);
    const { outcome } = playOn(screen, "stateless");
    let isDone = false;
    outcome.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      fits(screen);
      // Enter alone answers no question.
      const isAsked = screen.lines().some((line) => /^ {2}1 yes/.test(line));
      screen.press(isAsked ? "1" : "\r");
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await outcome).toBe("done");
    // The terminal may still be writing.
    await screen.untilText(/Step 2 of 2[\s\S]*✓ You said yes/);
    const text = screen.everything().replace(/\s+/g, " ");
    expect(text).toContain("Step 2 of 2");
    expect(text).toMatch(/You said yes\. The answer is: no\./);
    expect(text).toMatch(/You said yes, and so it is\./);
    expect(text).toContain("Your name is Ada.");
  });
});

describe("keys", () => {
  test("again, back, edit and quit lead where they say, with the state that the step began with", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "window");
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/\? Will it still know/);
    screen.press("2");
    await screen.until(/You said no, and so it is/);
    screen.press("a");
    await screen.until(/\? Will it still know the name\?$/);
    screen.press("1");
    await screen.until(/You said yes\. The answer is: no/);
    expect(screen.lines().join("\n")).toContain("keeps 6 messages, sends 2");
    screen.press("e");
    await screen.until(/Which param/);
    screen.press("1");
    await screen.until(/^> 1/);
    screen.press("\u007f3\r");
    await screen.until(/k=3/);
    await screen.until(/^ {2}1 yes/);
    screen.press("\r");
    screen.press("y");
    await screen.until(/› 1 yes/);
    screen.press("\r");
    await screen.until(/You said yes, and so it is/);
    screen.press("\r");
    await screen.until(/Step 2 of 3/);
    await screen.until(/Enter runs it/);
    screen.press("b");
    await screen.untilText(/Step 2 of 3[\s\S]*Step 1 of 3 .*k=3[\s\S]*Enter runs it/);
    screen.press("q");
    expect(await outcome).toBe("quit");
    await screen.until(/^Left early\./);
    await stage?.close();
    expect(screen.input.isRaw).toBe(false);
    expect(screen.input.isPaused()).toBe(true);
  });

  test("a line of one's own goes to what the step built", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "buffer");
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/^ {2}3$/);
    screen.press("3");
    await screen.until(/o talk/);
    screen.press("o");
    await screen.until(/^>/);
    screen.press("I collect stamps. What is my name?\r");
    await screen.until(/call 4/);
    await screen.until(/Your name is Ada\./);
    expect(screen.lines().join("\n")).toContain("Human: I collect stamps. What is my name?");
    await screen.until(/o talk/);
    screen.press("q");
    expect(await outcome).toBe("quit");
  });

  test("f unfolds long prompts, and folds them again", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "window");
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/^ {2}1 yes/);
    screen.press("\u001b");
    await screen.until(/Will it still know the name\? The answer is: no/);
    expect(screen.lines().join("\n")).toContain("lines as before (f unfolds)");
    screen.press("f");
    await screen.until(/f fold ·/);
    expect(screen.everything()).not.toContain("lines as before");
    screen.press("f");
    await screen.until(/f unfold/);
    screen.press("?");
    await screen.until(/b {7}go back a step/);
    screen.press("q");
    await outcome;
  });

  test("f unfolds a router's prompt at the pause after it, and ? says the keys there", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "router", chains);
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/How many calls/);
    screen.press("\u001b");
    await screen.until(/^Enter next link · c without pauses · f unfold/);
    const folded = () => screen.lines().some((line) => /lines folded/.test(line));
    expect(folded()).toBe(true);
    screen.press("f");
    await screen.until(/physics: Good for answering questions about physics/);
    expect(folded()).toBe(false);
    screen.press("?");
    await screen.until(/b {7}look at the link before again/);
    screen.press("f");
    await screen.until(/lines folded/);
    screen.press("q");
    expect(await outcome).toBe("quit");
  });

  test("o is offered where a step built something to talk to, and nowhere else", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "stateless");
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/^ {2}1 yes/);
    screen.press("\u001b");
    await screen.until(/Enter next/);
    expect(screen.lines().at(-1)).not.toContain("o talk");
    screen.press("o");
    screen.press("\r");
    await screen.until(/Step 2 of 2/);
    screen.press("\r");
    await screen.until(/^ {2}1 yes/);
    screen.press("\u001b");
    await screen.until(/o talk/);
    screen.press("q");
    expect(await outcome).toBe("quit");
  });

  test("a chain with an input of its own name is talked to", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "sequential", chains);
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/take what another link gave/);
    screen.press("\u001b");
    await screen.until(/Enter next link/);
    screen.press("c");
    await screen.until(/o talk/);
    screen.press("o");
    await screen.until(/^>/);
    screen.press("The lamp is bright.\r");
    await screen.until(/call 5/);
    expect(screen.lines().join("\n")).toContain("│+The lamp is bright.");
    await screen.until(/Enter next link/);
    screen.press("c");
    await screen.until(/call 8/);
    await screen.until(/o talk/);
    screen.press("q");
    await outcome;
  });

  test("a bad value is told, and the editor stays open with it", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "window");
    await screen.until(/Enter runs it/);
    screen.press("e");
    await screen.until(/Which param/);
    screen.press("1");
    await screen.until(/^> 1/);
    screen.press("99\r");
    await screen.until(/✗ "199" is not a valid value for k\./);
    await screen.until(/^> 199/);
    screen.press("\u007f\u007f\r");
    await screen.until(/Step 1 of 3 .*k=1 /);
    await screen.until(/Enter runs it/);
    screen.press("q");
    expect(await outcome).toBe("quit");
  });

  test.each(["at a question", "at a pause"])(
    "Ctrl-C %s leaves the terminal as it was",
    async (where) => {
      const screen = new Screen(80, 24);
      const { outcome } = playOn(screen, "stateless");
      await screen.until(/Enter runs it/);
      if (where === "at a question") {
        screen.press("\r");
        await screen.until(/^ {2}1 yes/);
      }
      screen.press("\u0003");
      await expect(outcome).rejects.toThrow("interrupted");
      expect(screen.input.isRaw).toBe(false);
      expect(screen.written.lastIndexOf("\u001b[?25h")).toBeGreaterThan(
        screen.written.lastIndexOf("\u001b[?25l"),
      );
    },
  );
});

describe("the terminal itself", () => {
  test("Ctrl-Z gives it back as it was, and after fg the screen and the keys are there again", async () => {
    const screen = new Screen(80, 24);
    const seen: boolean[] = [];
    const on = open(screen, () => {}, { stop: () => seen.push(screen.input.isRaw) });
    const answer = on.ask({
      kind: "choice",
      question: "Which?",
      choices: ["a", "b"],
      fallback: null,
    });
    await screen.until(/^ {2}2 b/);
    screen.press("\u001a");
    while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([false]);
    process.emit("SIGCONT");
    expect(screen.input.isRaw).toBe(true);
    await screen.until(/^ {2}2 b/);
    screen.press("b");
    expect(await answer).toEqual({ value: "b", by: "learner" });
  });

  test("Ctrl-Z in the middle of a line keeps what was typed", async () => {
    const screen = new Screen(80, 24);
    const seen: boolean[] = [];
    const on = open(screen, () => {}, { stop: () => seen.push(screen.input.isRaw) });
    const answer = on.ask({ kind: "text", question: "you", fallback: null });
    await screen.until(/^you>/);
    screen.press("Hello");
    await screen.until(/^you> Hello/);
    screen.press("\u001a");
    while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    process.emit("SIGCONT");
    screen.press(" again\r");
    expect(await answer).toEqual({ value: "Hello again", by: "learner" });
    expect(seen).toEqual([false]);
  });

  test("one that says 0 x 0 is drawn at the size of the surroundings, else 80 columns", async () => {
    const screen = new Screen(80, 24);
    Object.assign(screen.output, { columns: 0, rows: 0 });
    const on = open(screen);
    await on.emit({ type: "note-shown", text: "word ".repeat(15).trim() });
    await screen.until(/^word( word){14}$/);
  });

  test("a paste of several lines is one text, and Enter ends it", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    const answer = on.ask({ kind: "text", question: "you", fallback: null });
    await screen.until(/^you>/);
    screen.press("one\ntwo\n\nthree");
    await screen.until(/three/);
    screen.press("\r");
    expect(await answer).toEqual({ value: "one\ntwo\n\nthree", by: "learner" });
  });

  test("q stops work that goes on, as Ctrl-C does", async () => {
    const screen = new Screen(80, 24);
    let isInterrupted = false;
    const on = open(screen, () => {
      isInterrupted = true;
    });
    await on.emit(SAMPLES["work-start"]);
    await on.emit(SAMPLES["work-step"]);
    await screen.until(/q stops/);
    screen.press("q");
    while (!isInterrupted) await new Promise((resolve) => setImmediate(resolve));
    expect(screen.input.isRaw).toBe(false);
  });

  test("a full page says which keys there are", async () => {
    const screen = new Screen(80, 12);
    const on = open(screen);
    const text = Array.from({ length: 30 }, (_, at) => `line ${at}`).join("\n");
    const shown = on.emit({ type: "note-shown", text });
    await screen.until(/more: Enter/);
    screen.press("?");
    await screen.until(/c {7}show the rest of the step without pauses/);
    screen.press("c");
    await shown;
    await screen.until(/line 29/);
  });
});

describe("replies", () => {
  const asks = (call: number): LabEvent => ({ ...SAMPLES["call-start"], call });
  const says = (call: number): LabEvent => ({ ...SAMPLES["call-end"], call, text: `said ${call}` });
  const piece = (call: number): LabEvent => ({ type: "call-token", call, text: "said " });

  test("that come at once are each whole, and carry the number of their call", async () => {
    const screen = new Screen(80, 50);
    const on = open(screen);
    const events = [asks(1), asks(2), piece(1), piece(2), piece(1), says(2), says(1), asks(3)];
    for (const event of [...events, piece(3), says(3)]) await on.emit(event);
    await screen.until(/reply {5}» said/);
    const replies = screen.lines().filter((line) => /^ reply/.test(line));
    expect(replies).toEqual([" reply 2   » said 2", " reply 1   » said 1", " reply     » said"]);
  });

  test("of a step with many calls are a dozen lines and a count that goes on", async () => {
    const screen = new Screen(80, 60);
    const on = open(screen);
    await on.emit({ ...SAMPLES["step-start"], brief: true });
    for (let call = 1; call <= 40; call++) {
      for (const event of [asks(call), says(call)]) await on.emit(event);
      if (call === 13) await screen.until(/… 1 more call \(f unfolds\)/);
      if (call === 20) await screen.until(/… 8 more calls \(f unfolds\)/);
    }
    await on.emit(SAMPLES["note-shown"]);
    await screen.until(/… 28 more calls \(f unfolds\)/);
    expect(screen.lines().filter((line) => /more call/.test(line))).toHaveLength(1);
    expect(screen.lines().filter((line) => /→ said/.test(line))).toHaveLength(12);
  });
});

test("a count that goes on is gone when the terminal is given back in its middle", async () => {
  const screen = new Screen(80, 60);
  const on = open(screen);
  await on.emit({ ...SAMPLES["step-start"], brief: true });
  for (let call = 1; call <= 14; call++)
    for (const type of ["call-start", "call-end"] as const)
      await on.emit({ ...SAMPLES[type], call } as LabEvent);
  await screen.until(/… 2 more calls/);
  await on.close();
  await screen.untilText(/^(?![\s\S]*more call)/);
});

describe("a prompt without colour", () => {
  const prompt = (...parts: PromptPart[]): LabEvent => ({
    ...SAMPLES["call-start"],
    messages: [
      { role: "system", parts: [{ origin: "template", text: "Be brief." }] },
      { role: "user", parts },
    ],
  });

  test("says in words what was filled into the template, and that a system message is one", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    const product: PromptPart = { origin: "input", variable: "product", text: "Sheets" };
    const around = (text: string): PromptPart => ({ origin: "template", text });
    await on.emit(prompt(around("A name for "), product, around("?")));
    await screen.untilText(/Sheets\?/);
    expect(screen.lines().slice(-3)).toEqual([
      " system    │ system: Be brief.",
      " template  │ user: A name for Sheets?",
      " + input   ┆ Sheets",
    ]);
  });

  test("is compared with the one of the same conversation, not with the last one", async () => {
    const screen = new Screen(80, 60);
    const on = open(screen);
    const says = (text: string): PromptPart => ({ origin: "history", text });
    await on.emit(prompt(says("Ada: one\nAda: two")));
    await on.emit(prompt(says("Bob: one\nBob: two")));
    await on.emit(prompt(says("Ada: one\nAda: two\nAda: three")));
    await screen.until(/Ada: three/);
    const fresh = screen.lines().filter((line) => line.includes("│+"));
    expect(fresh.map((line) => line.split("│+")[1])).toEqual([
      "user: Bob: one",
      "Bob: two",
      "Ada: three",
    ]);
  });
});

describe("while a reply streams", () => {
  const start: LabEvent = {
    type: "call-start",
    call: 1,
    kind: "chat",
    model: "m",
    caller: null,
    purpose: "answer",
    messages: [{ role: "user", parts: [{ origin: "input", text: "Say much." }] }],
  };
  const words = Array.from({ length: 60 }, (_, at) => `word${at} `);
  const end: LabEvent = {
    type: "call-end",
    call: 1,
    text: words.join(""),
    tokens: { input: 1, output: 60 },
    inputCount: { kind: "chat", by: "endpoint", text: 1 },
    cost: null,
    startedMs: 0,
    ms: 5,
  };

  test("a resize tears nothing: at each width the reply is whole, in order, and fits", async () => {
    const screen = new Screen(80, 50);
    const on = open(screen);
    await on.emit(start);
    const widths = [40, 200, 60, 25, 80];
    for (const [at, word] of words.entries()) {
      await on.emit({ type: "call-token", call: 1, text: word });
      const width = at % 12 === 11 ? widths[Math.floor(at / 12)] : undefined;
      if (width !== undefined) screen.resize(width, 50);
      await screen.until(new RegExp(`word${at}\\b`));
      fits(screen);
      const seen = screen
        .lines()
        .join(" ")
        .match(/word\d+/g);
      expect(seen).toEqual(words.slice(0, at + 1).map((text) => text.trim()));
    }
    await on.emit(end);
    await screen.until(/60 out/);
    expect(
      screen
        .lines()
        .join(" ")
        .match(/word\d+/g),
    ).toHaveLength(60);
  });

  test("escape codes and control characters of a model do not reach the terminal", async () => {
    const screen = new Screen(80, 24);
    const on = open(screen);
    await on.emit(start);
    for (const text of ["safe \u001b[2J", "\u001b]0;title\u0007", "\u0008\u0008end \u202Eabc"]) {
      await on.emit({ type: "call-token", call: 1, text });
    }
    await screen.until(/end/);
    expect(screen.lines().join("\n")).toMatch(/safe .*end abc/);
    for (const code of ["\u001b]0", "\u0007", "\u0008", "\u202e", "safe \u001b"]) {
      expect(screen.written).not.toContain(code);
    }
  });
});
