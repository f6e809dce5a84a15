import { LabError } from "../errors.ts";
import type { ParamValue } from "../trace/events.ts";
import { type ParamSpecs, parseParam } from "./params.ts";
import type { Answer, Question } from "./types.ts";

/**
 * Asks which param to change, if there are several, and to what.
 *
 * @returns the changed value by its name, undefined when the learner gave up
 * @throws LabError for a value that the param does not take
 */
export async function askParam(
  specs: ParamSpecs,
  values: Record<string, ParamValue>,
  ask: (question: Question) => Promise<Answer>,
): Promise<Record<string, ParamValue> | undefined> {
  const names = Object.keys(specs);
  if (names.length === 0) {
    throw new LabError(
      "This section has no params to change",
      "Go on, or say something of your own.",
    );
  }
  const choose: Question = {
    kind: "choice",
    question: "Which param?",
    choices: names,
    fallback: null,
  };
  const name = names.length === 1 ? names[0] : (await ask(choose)).value;
  const spec = name ? specs[name] : undefined;
  if (!name || !spec) return undefined;
  const question = `${name}, ${spec.range}`;
  const typed = await ask({
    kind: "text",
    question,
    initial: String(values[name]),
    fallback: null,
  });
  return typed.value === null ? undefined : { [name]: parseParam(specs, name, typed.value) };
}
