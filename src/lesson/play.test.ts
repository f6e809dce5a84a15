import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { offlineSurroundings } from "../../test/support/play.ts";
import { Screen } from "../../test/support/screen.ts";
import { training } from "../kits/training/kit.ts";
import { loadCounter } from "../model/tokens.ts";
import { plainStage } from "../stage/plain.ts";
import type { Stage } from "../stage/port.ts";
import { scriptedStage } from "../stage/scripted.ts";
import { TerminalStage } from "../stage/terminal.ts";
import { play } from "./play.ts";
import { section } from "./section.ts";
import type { Lesson, Run } from "./types.ts";

let countTokens: (text: string) => number;
beforeAll(async () => {
  countTokens = await loadCounter("offline-tutor");
});
let terminal: TerminalStage | undefined;
afterEach(() => terminal?.close());

/** A lesson of one step that asks in its middle, and what its prediction saw. */
function askingLesson(rows = 2): { lesson: Lesson; seen: Run[] } {
  const seen: Run[] = [];
  const lab = section({ title: "Asking", kits: [training] });
  const asks = lab
    .step("It asks", async ({ choose, show, bars, progress }) => {
      for (let row = 1; row <= rows; row++) await show(`before ${row}`, row);
      const liked = await choose("Which is better?", ["the long one", "the short one"]);
      await show("after", liked ?? "nobody said");
      await bars("The sky is", [{ label: " blue", value: 0.5 }]);
      const work = "tuning";
      await progress({ type: "work-end", work, done: 2, ms: 1, values: [2, 1], outcome: "done" });
    })
    .predict({
      question: "Will it ask?",
      choices: ["yes", "no"],
      judge: (run) => {
        seen.push(run);
        return "yes";
      },
    });
  const code = { file: "lessons/l/asking.ts", line: 7, text: "asks();" };
  const steps = [{ name: "asks", title: "It asks", prose: "It asks.", code }];
  const source = { prose: "Why.", steps };
  const loaded = { default: lab.steps(asks), source };
  return {
    seen,
    lesson: {
      id: "l",
      title: "L",
      folder: "lessons/l",
      sections: { asking: async () => loaded },
      recap: ["It asked."],
    },
  };
}

function playOn(stage: Stage, lesson: Lesson) {
  return play({
    lesson,
    sections: ["asking"],
    settings: {},
    ...offlineSurroundings(stage, countTokens),
    signal: new AbortController().signal,
  });
}

function stageOn({ input, output }: Screen): TerminalStage {
  const highlight = (code: string) => code;
  const options = { input, output, level: 0 as const, unfolded: false, highlight };
  return new TerminalStage({ ...options, interrupt: () => {} });
}

describe("a step that asks in its middle", () => {
  test("takes the next answer of a list, by text or by number", async () => {
    for (const answer of ["the short one", "2"]) {
      const { lesson, seen } = askingLesson();
      const stage = scriptedStage({ answers: ["yes", answer] });
      expect(await playOn(stage, lesson)).toBe("done");
      const asked = stage.events.filter((event) => event.type.startsWith("question-"));
      expect(asked.slice(2)).toEqual([
        {
          type: "question-asked",
          question: "Which is better?",
          choices: ["the long one", "the short one"],
        },
        { type: "question-answered", answer: "the short one", by: "list" },
      ]);
      expect(stage.events).toContainEqual({
        type: "value-shown",
        label: "after",
        value: "the short one",
      });
      expect(seen).toHaveLength(1);
    }
  });

  test("goes on where nobody can be asked, and the verdict is of the prediction", async () => {
    let text = "";
    const highlight = (code: string) => code;
    const write = (more: string) => {
      text += more;
    };
    const stage = plainStage({ write, width: 80, level: 0, unfolded: false, highlight });
    expect(await playOn(stage, askingLesson().lesson)).toBe("done");
    expect(text).toContain("nobody said");
    expect(text).toContain("? Will it ask? The answer is: yes.");
    expect(text).not.toContain("? Which is better?");
  });

  test.each([
    [80, 24],
    [40, 24],
    [200, 50],
  ])("at %i columns and %i rows the list stands between what is printed", async (columns, rows) => {
    const screen = new Screen(columns, rows);
    terminal = stageOn(screen);
    const outcome = playOn(terminal, askingLesson().lesson);
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/\? Will it ask\?/);
    screen.press("1");
    await screen.until(/^ {2}1 the long one/);
    const at = (pattern: RegExp) => screen.lines().findIndex((line) => pattern.test(line));
    expect(at(/before 2/)).toBeGreaterThan(-1);
    expect(at(/before 2/)).toBeLessThan(at(/\? Which is better\?/));
    screen.press("j", "j");
    await screen.until(/› 2 the short one/);
    screen.press("\r");
    await screen.until(/^ {2}after/);
    await screen.until(/You said yes, and so it is/);
    expect(at(/1 the long one/)).toBe(-1);
    expect(at(/\? Which is better\? the short one/)).toBeLessThan(at(/^ {2}after/));
    expect(at(/\? Which is better\? the short one/)).toBeGreaterThan(at(/before 2/));
    screen.press("q");
    expect(await outcome).toBe("quit");
  });

  test("q at its question leaves, and the step does not run", async () => {
    const screen = new Screen(80, 40);
    terminal = stageOn(screen);
    const outcome = playOn(terminal, askingLesson().lesson);
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/\? Will it ask\?/);
    screen.press("q");
    expect(await outcome).toBe("quit");
    expect(screen.everything()).not.toMatch(/before 1|The answer is/);
  });

  test("waits before its list pushes away what nobody has read", async () => {
    const screen = new Screen(80, 24);
    terminal = stageOn(screen);
    const outcome = playOn(terminal, askingLesson(7).lesson);
    await screen.until(/Enter runs it/);
    screen.press("\r");
    await screen.until(/\? Will it ask\?/);
    screen.press("1");
    await screen.until(/more: Enter/);
    expect(screen.lines().join("\n")).toContain("before 1");
    screen.press("\r");
    await screen.until(/^ {2}1 the long one/);
    screen.press("\u001b");
    await screen.until(/nobody said/);
    screen.press("q");
    await screen.until(/q quit/);
    screen.press("q");
    expect(await outcome).toBe("quit");
  });
});
