import { expect, test } from "vitest";
import { lessonOf, playAll } from "../../test/support/lesson.ts";
import { LabError, ReplyFault } from "../errors.ts";
import { scriptedStage } from "../stage/scripted.ts";
import { integer } from "./params.ts";
import { section } from "./section.ts";

const params = { cups: integer({ default: 1, min: 1, max: 9, help: "how many cups" }) };

/** Two sections of two steps each. */
function tea() {
  const sections = ["first", "second"].map((name) => {
    const lab = section({ title: name, params });
    const step = (title: string) =>
      lab.step(title, async ({ show, params: { cups } }) => show(`${name} ${title}`, cups));
    return [name, lab.steps(step("a"), step("b"))] as const;
  });
  return lessonOf(Object.fromEntries(sections));
}

/** Where the learner is led by these moves: each step as it is shown, and what ran. */
async function ledBy(moves: string[], answers: string[] = [], settings = {}) {
  const stage = scriptedStage({ moves, answers });
  const outcome = await playAll(tea(), stage, settings);
  const seen = stage.events.flatMap((event) => {
    if (event.type === "step-start") return [event.step];
    return event.type === "value-shown" ? [`${event.label}: ${event.value}`] : [];
  });
  return { outcome, seen };
}

test("back from the first step of the first section shows that step again", async () => {
  const { seen } = await ledBy(["back", "back", "next", "quit"]);
  expect(seen).toEqual(["l/first/a", "l/first/a", "l/first/a", "first a: 1"]);
});

test("back from the first step of a later section leads to the last step of the one before", async () => {
  const { seen } = await ledBy(["next", "next", "next", "next", "back", "quit"]);
  expect(seen).toEqual([
    "l/first/a",
    "first a: 1",
    "l/first/b",
    "first b: 1",
    "l/second/a",
    "l/first/b",
  ]);
});

test("what the learner changes holds in all sections from then on, and the caller's settings stay as they were", async () => {
  const settings = Object.freeze({ "l/first": Object.freeze({ cups: 2 }) });
  const { seen } = await ledBy(["edit", "next", "next"], ["5"], settings);
  expect(seen.filter((line) => line.includes(":"))).toEqual([
    "first a: 5",
    "first b: 5",
    "second a: 5",
    "second b: 5",
  ]);
  expect(settings).toEqual({ "l/first": { cups: 2 } });
});

test("what a later section does not take, it does not get", async () => {
  const narrow = section({
    title: "narrow",
    params: { cups: integer({ default: 1, min: 1, max: 2, help: "few cups" }) },
  });
  const wide = section({ title: "wide", params });
  const lesson = lessonOf({
    wide: wide.steps(wide.step("a", async ({ show, params: { cups } }) => show("wide", cups))),
    narrow: narrow.steps(narrow.step("b", async ({ show, params: { cups } }) => show("few", cups))),
  });
  const stage = scriptedStage({ moves: ["edit", "next"], answers: ["5"] });
  await playAll(lesson, stage);
  const shown = stage.events.filter((event) => event.type === "value-shown");
  expect(shown.map(({ label, value }) => `${label}: ${value}`)).toEqual(["wide: 5", "few: 1"]);
});

test("a step is written as a program with the values of its params, and the failure to do so ends nothing", async () => {
  const written: unknown[] = [];
  const writeProgram = async (step: string, values: object) => {
    if (written.length > 0) throw new LabError("The file is there already", "Name another.");
    written.push({ step, values });
    return "The program is in first-a.mjs";
  };
  const stage = scriptedStage({ moves: ["next", "write", "write", "quit"] });
  await playAll(tea(), stage, { "l/first": { cups: 3 } }, { writeProgram });
  expect(written).toEqual([{ step: "l/first/a", values: { cups: 3 } }]);
  const said = stage.events.filter(({ type }) => type === "note-shown" || type === "error-raised");
  expect(said).toMatchObject([
    { text: "The program is in first-a.mjs" },
    { message: "The file is there already" },
  ]);
});

/** A lesson of three steps, whose second fails as often as is said. */
function failing(error: LabError, times = Number.POSITIVE_INFINITY) {
  const lab = section({ title: "it fails", params: {} });
  let failures = 0;
  const steps = ["a", "b", "c"].map((name) =>
    lab.step(name, async ({ show }) => {
      if (name === "b" && failures++ < times) throw error;
      await show("ran", name);
    }),
  ) as [ReturnType<typeof lab.step>];
  return lessonOf({ fails: lab.steps(...steps) });
}
const FORM = new ReplyFault("The reply has another form", "Try again.");
const NOBODY = new LabError("Nothing answers", "Start the server.");

test.each([
  ["a model's words, watched by nobody", failing(FORM), [], "partly", ["l/fails/b"], "a c"],
  ["a server, watched by nobody", failing(NOBODY), [], "failed", ["l/fails/b"], "a"],
  [
    "a server, and the learner goes on",
    failing(NOBODY),
    ["next", "next", "next", "next"],
    "partly",
    ["l/fails/b"],
    "a c",
  ],
  [
    "once, and the learner tries again",
    failing(FORM, 1),
    ["next", "next", "next", "again"],
    "done",
    [],
    "a b c",
  ],
] as const)("a step that fails by %s", async (...given) => {
  const [, lesson, moves, outcome, failed, ran] = given;
  const stage = scriptedStage({ moves: [...moves] });
  expect(await playAll(lesson, stage)).toBe(outcome);
  expect(stage.events.at(-1)).toMatchObject({ type: "lesson-end", outcome, failed });
  const shown = stage.events.flatMap((event) => (event.type === "value-shown" ? event.value : []));
  expect(shown.join(" ")).toBe(ran);
});
