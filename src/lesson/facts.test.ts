import { describe, expect, test } from "vitest";
import { lessonOf, playAll } from "../../test/support/lesson.ts";
import { scriptedStage } from "../stage/scripted.ts";
import { largest } from "./judge.ts";
import { flag } from "./params.ts";
import { section } from "./section.ts";
import type { Step } from "./types.ts";

const lab = section({
  title: "Kettles",
  params: { works: flag({ default: true, help: "whether it works" }) },
});
type Values = { works: boolean };

const boils = lab.step<{ degrees: number }>("It boils", async ({ tell, params }) => {
  if (params.works) await tell({ degrees: 100 });
});

/** Plays a step that predicts, and gives the events that come of it. */
async function eventsOf<Told>(
  step: Step<Values, Told>,
  of: { answers?: string[]; works?: boolean } = {},
) {
  const stage = scriptedStage({ answers: of.answers });
  const lesson = lessonOf({ kettles: lab.steps(step) });
  await playAll(lesson, stage, { "l/kettles": { works: of.works ?? true } });
  return stage.events;
}

const verdictOf = async (...[step, of]: Parameters<typeof eventsOf<{ degrees: number }>>) =>
  (await eventsOf(step, of)).find(({ type }) => type === "prediction-judged");

describe("a prediction", () => {
  const hot = boils.predict({
    question: "Is it hot?",
    choices: ["yes", "no"],
    judge: ({ facts }) => (facts.degrees > 90 ? "yes" : "no"),
    why: ({ facts }) => `It has ${facts.degrees} degrees.`,
  });

  test("is judged by the facts that the body told, and says why", async () => {
    const verdict = { type: "prediction-judged", actual: "yes", why: "It has 100 degrees." };
    expect(await verdictOf(hot)).toEqual({ ...verdict, predicted: null, right: null });
    expect(await verdictOf(hot, { answers: ["no"] })).toEqual({
      ...verdict,
      predicted: "no",
      right: false,
    });
  });

  test("says nothing false where the body stopped before it told anything", async () => {
    const events = await eventsOf(hot, { works: false });
    expect(events.filter(({ type }) => type === "prediction-judged")).toEqual([]);
    expect(events).toContainEqual({ type: "note-shown", text: "This run does not show it." });
  });

  test("is judged by what was sent, whatever was replied", async () => {
    const greets = lab
      .step("It greets", async ({ chat }) => {
        await chat().invoke("Hello");
      })
      .predict({
        question: "How many prompts say Hello?",
        choices: [0, 1],
        judge: ({ prompts }) => prompts.filter((prompt) => prompt.includes("Hello")).length,
        why: "It was sent once.",
      });
    const events = await eventsOf(greets, { answers: ["1"] });
    expect(events.find(({ type }) => type === "prediction-judged")).toEqual({
      type: "prediction-judged",
      predicted: "1",
      actual: "1",
      right: true,
      why: "It was sent once.",
    });
  });

  test("means numbers by numbers: a digit is no place in the list, and the right one may be another", async () => {
    const degrees = boils.predict({
      question: "How many degrees?",
      choices: [3, 90, 95],
      judge: ({ facts }) => facts.degrees,
    });
    expect(await verdictOf(degrees, { answers: ["3"] })).toEqual({
      type: "prediction-judged",
      predicted: "3",
      actual: "100",
      right: false,
    });
    await expect(verdictOf(degrees, { answers: ["1"] })).rejects.toThrow(
      expect.objectContaining({ hint: "The answers are 3, 90, 95." }),
    );
  });
});

test("what does not fit does not compile", () => {
  const choices = ["yes", "no"] as const;
  // @ts-expect-error "maybe" is not among the choices
  boils.predict({ question: "Hot?", choices, judge: () => "maybe" });
  // @ts-expect-error the choices are numbers
  boils.predict({ question: "How hot?", choices: [90, 100], judge: () => "100" });
  // @ts-expect-error the body does not tell colours
  boils.predict({ question: "Hot?", choices, judge: ({ facts }) => facts.colour });
  // @ts-expect-error a reply's spelling is not for judging; nor is a bar that was shown
  boils.predict({ question: "Hot?", choices, judge: ({ bars }) => bars[0] });
  // @ts-expect-error degrees are a number
  lab.step<{ degrees: number }>("Cold", async ({ tell }) => tell({ degrees: "none" }));
  // @ts-expect-error the step declares no facts
  lab.step("Cold", async ({ tell }) => tell({ degrees: 1 }));
  expect(choices).toHaveLength(2);
});

test("the largest of several numbers is found by its name", () => {
  expect(largest({ tea: 2, coffee: 3, milk: 3 })).toBe("coffee");
});
