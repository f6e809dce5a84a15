import { countOf } from "../format.ts";
import type { EventOf, LabEvent, ParamValue } from "../trace/events.ts";
import { callsOf } from "../trace/totals.ts";
import type { Expectation, Prediction, Run } from "./types.ts";

type Params = Record<string, ParamValue>;

/**
 * Judges what the learner predicted by what came out of the step; where the step told nothing, it
 * says so.
 */
export function judge(
  { judge, why }: Prediction<Params, never>,
  predicted: string | null,
  run: Run<Params>,
): EventOf<"prediction-judged"> | EventOf<"note-shown"> {
  try {
    const actual = String(judge(run));
    const right = predicted === null ? null : predicted === actual;
    const because = typeof why === "function" ? why(run) : why;
    const reason = because === undefined ? {} : { why: because };
    return { type: "prediction-judged", predicted, actual, right, ...reason };
  } catch (error) {
    if (error instanceof Untold) return { type: "note-shown", text: UNTOLD };
    throw error;
  }
}

/**
 * Holds an expectation against what came out of a step.
 *
 * @returns what is so instead, a sentence; undefined where it holds
 */
export function breachOf(
  { answer, holds }: Expectation<Params, never>,
  prediction: Prediction<Params, never> | undefined,
  run: Run<Params>,
): string | undefined {
  try {
    if (holds?.(run)) return undefined;
    if (holds || !prediction) return `It does not hold: ${foundIn(run)}.`;
    const actual = prediction.judge(run);
    const question = forParams(prediction.question, run.params);
    const [is, wanted] = [String(actual), String(answer)];
    return is === wanted ? undefined : `"${question}" is answered by "${is}", not by "${wanted}".`;
  } catch (error) {
    if (error instanceof Untold) return "The step told no facts.";
    throw error;
  }
}

/** What a claim is judged by, in short. */
function foundIn(run: Run<Params>): string {
  try {
    return `the step told ${JSON.stringify(run.facts)}`;
  } catch {
    const last = run.prompts.at(-1);
    const end = last === undefined ? "" : `, and the last prompt ends "${last.slice(-80)}"`;
    return `the step made ${countOf(run.calls.length, "call")}${end}`;
  }
}

/** A part of a prediction, where it depends on the params. */
export function forParams<Part>(part: Part | ((params: never) => Part), params: object): Part {
  return typeof part === "function" ? (part as (params: object) => Part)(params) : part;
}

/** The name that has the largest of several numbers; the first of those that share it. */
export function largest<Name extends string>(numbers: Record<Name, number>): Name {
  const names = Object.keys(numbers) as Name[];
  return names.reduce((best, name) => (numbers[name] > numbers[best] ? name : best));
}

/** A body told no facts, so nothing can be judged by them. */
class Untold extends Error {
  override name = "Untold";
}

const UNTOLD = "This run does not show it.";

/** What came out of a step, as its prediction judges it. */
export function runOf(params: Params, events: readonly LabEvent[]): Run<Params> {
  const calls = callsOf(events);
  const answers = calls.filter((call) => call.purpose === "answer");
  return {
    params,
    get facts() {
      const told = events.findLast((event) => event.type === "facts-told");
      if (!told) throw new Untold();
      return told.facts as never;
    },
    calls,
    prompts: answers.map((call) => call.prompt),
    messages: answers.map((call) => call.messages),
    replies: answers.map((call) => call.reply),
    tables: events.filter((event) => event.type === "table-shown"),
    values: Object.fromEntries(
      events.flatMap((event) => (event.type === "value-shown" ? [[event.label, event.value]] : [])),
    ),
  };
}
