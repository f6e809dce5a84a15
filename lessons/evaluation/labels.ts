import { LabError } from "../../src/lab.ts";

/** An answer with what a person says of it. */
export interface Labelled {
  question: string;
  reference: string;
  /** words that a right answer must have */
  key: string;
  answer: string;
  isRight: boolean;
  /** "paraphrase", "negated" … */
  kind: string;
}

/**
 * Labelled answers from rows with the columns question, reference, answer and right (yes or no);
 * key and kind may be left out.
 *
 * @throws LabError for rows that are not so
 */
export function labelledIn(
  rows: Record<string, string>[],
  most: number,
): Labelled[] {
  return rows.slice(0, most).map((row, at) => {
    const { question, reference, answer, right, key, kind } = row;
    if (!question || !reference || answer === undefined)
      throw new LabError(
        "The table of labelled answers lacks a column",
        "It needs question, reference, answer and right (yes or no); key and kind may be there.",
      );
    if (!/^(?:yes|no)$/i.test(right ?? ""))
      throw new LabError(
        `Row ${at + 1} has the label "${right ?? ""}"`,
        "The column right must say yes or no.",
      );
    return {
      question,
      reference,
      key: key || reference,
      answer,
      isRight: /^yes$/i.test(right ?? ""),
      kind: kind || "all",
    };
  });
}

/** How far a judge agrees with the labels of the same answers. */
export type Agreement = {
  agrees: number;
  of: number;
  /** Cohen's: agreement beyond chance, 1 for all, 0 for as much as chance gives */
  kappa: number;
  /** wrong answers that the judge called right, and right ones that it called wrong */
  tooKind: number;
  tooStrict: number;
};

export function agreementOf(
  verdicts: readonly boolean[],
  labels: readonly boolean[],
): Agreement {
  const of = labels.length;
  const count = (holds: (verdict: boolean, label: boolean) => boolean) =>
    labels.filter((label, at) => holds(verdicts[at] ?? false, label)).length;
  const agrees = count((verdict, label) => verdict === label);
  const rights = count((_, label) => label) / of;
  const called = count((verdict) => verdict) / of;
  const chance = rights * called + (1 - rights) * (1 - called);
  const kappa =
    chance === 1
      ? Number(agrees === of)
      : (agrees / of - chance) / (1 - chance);
  return {
    agrees,
    of,
    kappa,
    tooKind: count((verdict, label) => verdict && !label),
    tooStrict: count((verdict, label) => !verdict && label),
  };
}

/** The agreement of each of some judges. */
export function agreementsOf<Name extends string>(
  judges: Record<Name, readonly boolean[]>,
  answers: readonly Labelled[],
): Record<Name, Agreement> {
  const labels = answers.map(({ isRight }) => isRight);
  const names = Object.keys(judges) as Name[];
  return Object.fromEntries(
    names.map((name) => [name, agreementOf(judges[name], labels)]),
  ) as Record<Name, Agreement>;
}

/** A row of a table for each judge. */
export const rowsOf = (judges: Record<string, Agreement>) =>
  Object.entries(judges).map(([name, found]) => [
    name,
    `${found.agrees} of ${found.of}`,
    found.kappa.toFixed(2),
    found.tooKind,
    found.tooStrict,
  ]);

export const COLUMNS = ["judge", "agrees", "kappa", "too kind", "too strict"];

/** How often each judge errs, a row for each kind of answer. */
export function errorsByKind(
  answers: readonly Labelled[],
  verdicts: Record<string, readonly boolean[]>,
): (string | number)[][] {
  const kinds = [...new Set(answers.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const places = answers.flatMap((one, at) =>
      one.kind === kind ? [at] : [],
    );
    const errors = Object.values(verdicts).map(
      (all) =>
        places.filter((at) => all[at] !== answers[at]?.isRight).length || "",
    );
    return [kind, places.length, ...errors];
  });
}
