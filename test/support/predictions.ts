import { loadSection } from "../../src/lesson/load.ts";
import type { Lesson } from "../../src/lesson/types.ts";
import { loadCounter } from "../../src/model/tokens.ts";
import { scriptedStage } from "../../src/stage/scripted.ts";
import type { EventOf, LabEvent, ParamValue } from "../../src/trace/events.ts";
import { playAll } from "./lesson.ts";

/** What a step sent and was found to show, for holding its verdict against an oracle of one's own. */
export interface Played {
  /** "memory/window/forgets" */
  step: string;
  /** the right choice, as the step's judge computed it; undefined where the step predicts nothing */
  verdict: string | undefined;
  /** the prompts of the calls that answer the learner, each as one text */
  prompts: string[];
  /** the messages of all calls, hidden ones too */
  sent: EventOf<"call-start">[];
  events: LabEvent[];
}

/** Plays a section against the offline endpoint, with these values, and gives its steps by their names. */
export async function playSection(
  lesson: Lesson,
  section: string,
  values: Record<string, ParamValue> = {},
): Promise<Record<string, Played>> {
  const { id, params } = await loadSection(lesson, section);
  for (const [name, value] of Object.entries(values)) {
    if (params[name]?.parse(String(value)) === undefined)
      throw new Error(`${id} does not take ${name}=${value}`);
  }
  const stage = scriptedStage({});
  const countTokens = await loadCounter("offline-tutor");
  await playAll(lesson, stage, { [id]: values }, { sections: [section], countTokens });
  return stepsOf(stage.events);
}

function stepsOf(events: LabEvent[]): Record<string, Played> {
  const starts = events.flatMap((event, at) => (event.type === "step-start" ? [at] : []));
  return Object.fromEntries(
    starts.map((from, at) => {
      const own = events.slice(from, starts[at + 1]);
      const { step } = own[0] as EventOf<"step-start">;
      const sent = own.filter((event) => event.type === "call-start");
      const judged = own.find((event) => event.type === "prediction-judged");
      const prompts = sent.filter(({ purpose }) => purpose === "answer").map(textOf);
      const name = step.split("/").at(-1) ?? step;
      return [name, { step, verdict: judged?.actual, prompts, sent, events: own }];
    }),
  );
}

/** The prompt of a call, as one text. */
function textOf({ messages }: EventOf<"call-start">): string {
  return messages.map(({ parts }) => parts.map(({ text }) => text).join("")).join("\n\n");
}

/** Names of every kind that a param for a name takes. */
export const HARD_NAMES = [
  "Ada",
  "bob",
  "sam smith",
  "Zoë",
  "José María",
  "李明",
  "A",
  "i",
  "al",
  "O'Neill-Smith, Jr.",
  "x".repeat(40),
  "Q?! (7)",
];
