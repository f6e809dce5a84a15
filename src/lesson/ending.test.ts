import { expect, test } from "vitest";
import { lessonOf, playAll } from "../../test/support/lesson.ts";
import { plainStage } from "../stage/plain.ts";
import { scriptedStage } from "../stage/scripted.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import { section } from "./section.ts";

/** Two sections; both steps of the first ask whether water boils, and it does. */
function tea() {
  const [first, second] = ["first", "second"].map((title) => section({ title }));
  const asks = (title: string) =>
    (first as NonNullable<typeof first>)
      .step(title, async ({ show }) => show("water", "boils"))
      .predict({ question: "Does it boil?", choices: ["yes", "no"], judge: () => "yes" });
  const steps = first?.steps(asks("a"), asks("b"));
  const last = second?.steps(second.step("c", async ({ show }) => show("tea", "drunk")));
  return lessonOf({ first: steps, second: last } as Parameters<typeof lessonOf>[0]);
}

const NEXT = { command: "llm-lab lesson coffee", about: "Coffee" };

/** How the lesson ends where the learner answers and moves like this. */
async function endOf(of: { answers?: string[]; moves?: string[]; sections?: string[] }) {
  const { answers, moves, sections } = of;
  const stage = scriptedStage({ answers, moves });
  await playAll(tea(), stage, {}, { sections, next: NEXT });
  return stage.events.at(-1) as EventOf<"lesson-end">;
}

test("a lesson that was played to its end says what was learnt, and what comes next", async () => {
  expect(await endOf({ answers: ["yes", "no"] })).toMatchObject({
    type: "lesson-end",
    outcome: "done",
    predictions: { right: 1, made: 2 },
    recap: ["Water boils.", "Tea is made of it.", "It is drunk."],
    whenToUse: ["Coffee: in the morning."],
    next: NEXT,
  });
});

test("a section by itself sums up no lesson, and still says what comes next", async () => {
  expect(await endOf({ sections: ["first"] })).toMatchObject({
    recap: [],
    whenToUse: [],
    next: NEXT,
  });
});

test("predictions that nobody made do not count", async () => {
  expect((await endOf({})).predictions).toEqual({ right: 0, made: 0 });
  expect((await endOf({ answers: ["yes"] })).predictions).toEqual({ right: 1, made: 1 });
});

test("of a step that is played again, the first prediction counts", async () => {
  const moves = ["next", "again", "next", "next"];
  const answers = ["no", "yes", "yes"];
  expect((await endOf({ moves, answers })).predictions).toEqual({ right: 1, made: 2 });
});

test.each([
  ["before a step", ["next", "next", "quit"], "llm-lab lesson l/first --step 2"],
  ["after a step", ["next", "quit"], "llm-lab lesson l/first --step 2"],
  [
    "before the first step of a section",
    ["next", "next", "next", "next", "quit"],
    "llm-lab lesson l/second",
  ],
  ["after the last step of a section", ["next", "next", "next", "quit"], "llm-lab lesson l/second"],
  ["after the last step of all", ["next", "next", "next", "next", "next", "quit"], NEXT.command],
])("who leaves %s is told how to go on", async (_when, moves, command) => {
  const end = await endOf({ moves });
  expect(end).toMatchObject({ outcome: "quit", recap: [], whenToUse: [], next: { command } });
});

/** What is printed at the end of a lesson, at a width. */
function printed(event: LabEvent, width = 80): string[] {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  const highlight = (code: string) => code;
  void plainStage({ write, width, level: 0, unfolded: false, highlight }).emit(event);
  return text.split("\n");
}

test("the end is a few lines, as wide as the screen", async () => {
  const event = await endOf({ answers: ["yes", "no"] });
  expect(printed(event).slice(0, -2)).toEqual([
    "",
    "What you learnt",
    "  • Water boils.",
    "  • Tea is made of it.",
    "  • It is drunk.",
    "",
    "When to use which",
    "  • Coffee: in the morning.",
    "",
    "1 of 2 predictions were right.",
    "Done. 0 calls · 0 tokens in · 0 out · 0 ms · free",
  ]);
  expect(printed(event).at(-2)).toBe("Next: llm-lab lesson coffee (Coffee)");
  expect(printed({ ...event, recap: [], whenToUse: [], next: null }, 30)).toEqual([
    "",
    "1 of 2 predictions were right.",
    "Done. 0 calls · 0 tokens in ·",
    "0 out · 0 ms · free",
    "",
  ]);
});

test.each([
  [1, "Your prediction was right."],
  [0, "Your prediction was wrong."],
])("a single prediction is told as what it is", async (right, sentence) => {
  const event = await endOf({});
  expect(printed({ ...event, predictions: { right, made: 1 } })).toContain(sentence);
});
