import { LabError } from "../errors.ts";
import type { Answer, Question } from "../stage/port.ts";
import type { ParamValue } from "../trace/events.ts";
import { FLAG_WORDS, type ParamSpecs, parseParam } from "./params.ts";

/**
 * Asks which param to change, if there are several, and to what; a value that the param does not
 * take is refused, and asked again.
 *
 * @returns the changed value by its name, undefined when the learner gave up
 */
export async function askParam(
  specs: ParamSpecs,
  values: Record<string, ParamValue>,
  ask: (question: Question) => Promise<Answer>,
  refuse: (why: LabError) => Promise<void>,
): Promise<Record<string, ParamValue> | undefined> {
  const names = Object.keys(specs);
  if (names.length === 0) {
    throw new LabError("This section has no params to change", "Press Enter to go on.");
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
  for (let initial = String(values[name]); ; ) {
    const { value } = await ask(
      spec.kind === "flag"
        ? { kind: "choice", question: `${name}: ${spec.help}`, choices: FLAG_WORDS, fallback: null }
        : { kind: "text", question: `${name}, ${spec.range}`, initial, fallback: null },
    );
    if (value === null) return undefined;
    try {
      return { [name]: parseParam(specs, name, value) };
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      await refuse(error);
      initial = value;
    }
  }
}
