import {
  agreementsOf,
  COLUMNS,
  errorsByKind,
  type Labelled,
  rowsOf,
} from "./labels.ts";

/** A verdict of the judge with the rubric. */
export interface Grade {
  why: string;
  correct: boolean;
}

type Table = (
  title: string,
  columns: string[],
  rows: (string | number)[][],
) => Promise<void>;

/** Shows how far judges agree with the labels, where they err, and what the rubric said there. */
export async function showJudges(
  table: Table,
  answers: Labelled[],
  judges: Record<string, boolean[]>,
  graded: Grade[],
): Promise<void> {
  const found = agreementsOf(judges, answers);
  await table("Agreement with the labels", COLUMNS, rowsOf(found));
  const columns = ["kind of answer", "answers", ...Object.keys(judges)];
  await table("Errors", columns, errorsByKind(answers, judges));
  const erred = answers.flatMap(({ isRight, kind, answer }, at) => {
    const { correct, why } = graded[at] ?? { correct: false, why: "" };
    return correct === isRight ? [] : [[kind, answer, why]];
  });
  if (erred.length > 0)
    await table(
      "Where the rubric errs",
      ["kind", "answer", "its reason"],
      erred,
    );
}
