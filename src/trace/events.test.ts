import { beforeAll, expect, test } from "vitest";
import chains from "../../lessons/chains/lesson.ts";
import memory from "../../lessons/memory/lesson.ts";
import { SAMPLES } from "../../test/support/events.ts";
import { offlineSurroundings } from "../../test/support/play.ts";
import { play } from "../lesson/play.ts";
import type { Lesson } from "../lesson/types.ts";
import { loadCounter } from "../model/tokens.ts";
import { createFrames } from "../stage/frames.ts";
import { scriptedStage } from "../stage/scripted.ts";
import { createStyle } from "../term/style.ts";
import { widthOf } from "../term/text.ts";
import type { Json, LabEvent } from "./events.ts";

/** A type without what JSON cannot hold: functions, and objects that have methods. */
type Plain<T> = T extends Json | undefined
  ? T
  : T extends (...given: never[]) => unknown
    ? never
    : { [Key in keyof T]: Plain<T[Key]> };

test.each(Object.values(SAMPLES))("$type survives JSON", (event) => {
  // This does not compile if an event is given a field that JSON cannot hold.
  const plain: Plain<LabEvent> = event;
  expect(JSON.parse(JSON.stringify(plain))).toStrictEqual(event);
});

test.each(Object.values(SAMPLES))("$type is drawn, and fits 40 columns", (event) => {
  const look = { width: 40, style: createStyle(0), foldHint: "", highlight: String };
  const frames = createFrames({ ...look, unfolded: true });
  frames.draw(SAMPLES["run-start"]);
  frames.draw(SAMPLES["work-start"]);
  for (const line of frames.draw(event)) expect(widthOf(line)).toBeLessThanOrEqual(40);
});

let countTokens: (text: string) => number;
beforeAll(async () => {
  countTokens = await loadCounter("offline-tutor");
});

/** The events of sections, played against the real offline endpoint. */
async function played(lesson: Lesson, ...sections: string[]): Promise<LabEvent[]> {
  const stage = scriptedStage({});
  const { signal } = new AbortController();
  const surroundings = { ...offlineSurroundings(stage, countTokens, true), signal };
  await play({ lesson, sections, settings: {}, ...surroundings });
  return stage.events;
}

test("every event of a run survives JSON, and a chain is told by what it is", async () => {
  const events = [
    ...(await played(memory, "now")),
    ...(await played(chains, "simple-sequential", "sequential", "router", "now")),
  ];
  for (const event of events) expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event);
  const kinds = events.flatMap((event) =>
    event.type === "chain-start" ? [[event.name, event.kind] as const] : [],
  );
  expect(Object.fromEntries(kinds)).toMatchObject({
    SimpleSequentialChain: "sequence",
    SequentialChain: "sequence",
    MultiPromptChain: "router",
    LLMRouterChain: "link",
    LLMChain: "link",
    RunnableSequence: "pipe",
    RunnableMap: "parallel",
    StrOutputParser: "parser",
    LangGraph: "agent",
  });
});

test("the first event says who answers, and the lesson says only what is its own", async () => {
  const [first, second] = await played(memory, "stateless");
  expect(first).toStrictEqual({
    type: "run-start",
    version: 3,
    kind: "lesson",
    ...offlineSurroundings(scriptedStage({}), countTokens).run,
  });
  expect(second).toStrictEqual({
    type: "lesson-start",
    lesson: "memory",
    title: memory.title,
    sections: ["stateless"],
  });
});
