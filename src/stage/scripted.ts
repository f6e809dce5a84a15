import { LabError } from "../errors.ts";
import type { LabEvent } from "../trace/events.ts";
import type { Answer, Question, Stage } from "./port.ts";

interface ScriptedOptions {
  /** answers to choices and texts, in order; when they run out the stage inside is asked */
  answers?: string[];
  /** where to go, in order: next, again, back, edit, ask, quit */
  moves?: string[];
  /** shows the run, and answers what the lists do not; without it, nobody does */
  inner?: Stage;
}

/** A stage that answers from lists, and remembers every event: for `--answers`, and for tests. */
export function scriptedStage({
  answers = [],
  moves = [],
  inner,
}: ScriptedOptions): Stage & { events: LabEvent[] } {
  const events: LabEvent[] = [];
  const left = { answers: [...answers], moves: [...moves] };
  return {
    interactive: inner?.interactive ?? false,
    wantsTokens: inner?.wantsTokens ?? false,
    events,
    emit(event) {
      events.push(event);
      return inner?.emit(event);
    },
    async ask(question): Promise<Answer> {
      const listed = question.kind === "move" ? left.moves.shift() : left.answers.shift();
      if (listed !== undefined) return { value: match(question, listed.trim()), by: "list" };
      return inner ? inner.ask(question) : { value: null, by: "nobody" };
    },
    close: async () => inner?.close(),
  };
}

/** The choice that a listed answer means: its text, or its place from 1 unless the choices are numbers. */
function match(question: Question, listed: string): string {
  if (question.kind === "text") return listed;
  const choices: string[] = question.choices;
  const byText = choices.find((choice) => choice.toLowerCase() === listed.toLowerCase());
  const isNumeric = question.kind === "choice" && question.numeric;
  const found = byText ?? (isNumeric ? undefined : choices[Number(listed) - 1]);
  if (found !== undefined) return found;
  const asked = question.kind === "choice" ? question.question : "where to go";
  throw new LabError(
    `"${listed}" is no answer to "${asked}"`,
    `The answers are ${choices.join(", ")}${isNumeric ? "" : ", or their places from 1"}.`,
    2,
  );
}
