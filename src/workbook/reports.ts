import { cleanAll } from "../clean.ts";
import { type JunitCase, junitXml } from "../junit.ts";
import { wrap } from "../term/text.ts";
import type { Exercise } from "./exercises.ts";
import type { Verdict } from "./verdict.ts";
import { headingLines, type Page, verdictLines } from "./verdict-text.ts";

/** An exercise, the file that was checked, and what was found. */
export interface Checked {
  exercise: Exercise;
  file: string;
  verdict: Verdict;
}

/** One verdict in full, several in a line each. */
export function checkedLines(checked: Checked[], page: Page): string[] {
  const [only] = checked;
  if (only !== undefined && checked.length === 1) {
    const { exercise, verdict } = only;
    const again =
      verdict.outcome === "passed" || verdict.outcome === "bug"
        ? []
        : ["", page.style.faint(`--seed ${verdict.seed} draws the same input again.`)];
    return [...headingLines(exercise, page), "", ...verdictLines(verdict, page), ...again];
  }
  const lines = checked.flatMap(({ exercise, verdict }) => {
    const { style, width } = page;
    const isPassed = verdict.outcome === "passed";
    const text = `${exercise.number} ${exercise.name}: ${sentenceOf(verdict)}`;
    return wrap(cleanAll(text), width).map((line) =>
      isPassed ? style.good(line) : style.bad(line),
    );
  });
  const passed = checked.filter(({ verdict }) => verdict.outcome === "passed").length;
  return [...lines, "", `${passed} of ${checked.length} passed.`];
}

/** For programs: one object an exercise. */
export function checkedJson(checked: Checked[]): object[] {
  return checked.map(({ exercise: { number, name, title, topic }, file, verdict }) => ({
    number,
    name,
    title,
    topic,
    file,
    ...verdict,
  }));
}

/** For CI systems: what the learner's code did is a failure, our fault an error. */
export function checkedJunit(checked: Checked[]): string {
  const cases = checked.map(({ exercise, file, verdict }): JunitCase => {
    const { topic: group, name } = exercise;
    if (verdict.outcome === "passed") return { group, name };
    const kind = verdict.outcome === "bug" ? "error" : "failure";
    return { group, name, fault: { kind, type: verdict.outcome, says: sentenceOf(verdict), file } };
  });
  return junitXml([{ name: "llm-lab", cases }]);
}

function sentenceOf(verdict: Verdict): string {
  if (verdict.outcome === "passed") return "passed.";
  if (verdict.outcome === "bug") return `the check itself failed: ${verdict.says}`;
  return verdict.says;
}
