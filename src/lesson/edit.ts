import { LabError } from "../errors.ts";
import type { Answer, Question } from "../stage/port.ts";
import type { ParamValue } from "../trace/events.ts";
import { FLAG_WORDS, type ParamSpecs, parseParam } from "./params.ts";

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
    start: names[0],
    fallback: null,
  };
  const name = names.length === 1 ? names[0] : (await ask(choose)).value;
  const spec = name ? specs[name] : undefined;
  if (!name || !spec) return undefined;
  const typed = await ask(
    spec.kind === "flag"
      ? { kind: "choice", question: `${name}: ${spec.help}`, choices: FLAG_WORDS, fallback: null }
      : {
          kind: "text",
          question: `${name}, ${spec.range}`,
          initial: String(values[name]),
          fallback: null,
        },
  );
  return typed.value === null ? undefined : { [name]: parseParam(specs, name, typed.value) };
}
