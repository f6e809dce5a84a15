import { afterEach, beforeEach, describe, expect, test } from "vitest";
import memory from "../../lessons/memory/lesson.ts";
import { offlineSurroundings } from "../../test/support/play.ts";
import { Screen } from "../../test/support/screen.ts";
import { type Outcome, play } from "../lesson/play.ts";
import { loadCounter } from "../model/tokens.ts";
import type { LabEvent } from "../trace/events.ts";
import { TerminalStage } from "./terminal.ts";

let countTokens: (text: string) => number;
let stage: TerminalStage | undefined;
beforeEach(async () => {
  countTokens = await loadCounter("offline-tutor");
});
afterEach(() => stage?.close());

function open(screen: Screen, interrupt = () => {}) {
  const { input, output } = screen;
  stage = new TerminalStage({
    input,
    output,
    level: 0,
    unfolded: false,
    highlight: (code) => code,
    interrupt,
  });
  return stage;
}

/** Plays a section on the screen, against the real offline endpoint. */
function playOn(
  screen: Screen,
  section: string,
): { outcome: Promise<Outcome>; controller: AbortController } {
  const controller = new AbortController();
  const stage = open(screen, () => controller.abort(new Error("interrupted")));
  const outcome = play({
    lesson: memory,
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
      screen.press("\r");
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await outcome).toBe("done");
    // The terminal may still be writing.
    await screen.untilText(/Step 2 of 2[\s\S]*✓ You said yes/);
    const text = screen.everything().replace(/\s+/g, " ");
    expect(text).toContain("Step 2 of 2");
    expect(text).toMatch(/You said yes; it is no\./);
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
    await screen.until(/You said yes; it is no/);
    expect(screen.lines().join("\n")).toContain("keeps 6 messages, sends 2");
    screen.press("e");
    await screen.until(/Which param/);
    screen.press("1");
    await screen.until(/^> 1/);
    screen.press("\u007f3\r");
    await screen.until(/k=3/);
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
    await screen.until(/› 1 1/);
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
    await screen.until(/› 1 yes/);
    screen.press("\u001b");
    await screen.until(/Will it still know the name\? no/);
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

  test("a bad value is told, and nothing is lost", async () => {
    const screen = new Screen(80, 100);
    const { outcome } = playOn(screen, "window");
    await screen.until(/Enter runs it/);
    screen.press("e");
    await screen.until(/Which param/);
    screen.press("1");
    await screen.until(/^> 1/);
    screen.press("99\r");
    await screen.until(/✗ "199" is not a valid value for k\./);
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
        await screen.until(/› 1 yes/);
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
