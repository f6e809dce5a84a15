import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { type Played, playSection } from "../../test/support/predictions.ts";
import { eventsOf, run } from "../../test/support/program.ts";
import lesson from "./lesson.ts";
import { EQUALS, PAIRS } from "./pairs.ts";
import { QUESTIONS } from "./questions.ts";

// The oracles read the replies and the tables, and count by themselves.

const repliesOf = (step: Played | undefined) =>
  (step?.events ?? []).flatMap((event) =>
    event.type === "call-end" ? [event.text] : [],
  );
const tableOf = (step: Played | undefined, title: string) =>
  step?.events.find(
    (event) => event.type === "table-shown" && event.title === title,
  );
const rowsOf = (step: Played | undefined, title: string) => {
  const table = tableOf(step, title);
  return table?.type === "table-shown" ? table.rows : [];
};

const isRight = (reply: string, accepted: readonly string[]) =>
  accepted.some((words) => reply.toLowerCase().includes(words.toLowerCase()));

describe("looks-good", () => {
  test.each([
    [3, 1],
    [1, 3],
    [6, 10],
    [2, 7],
  ])("k=%i, %i tried by hand", async (k, tries) => {
    const steps = await playSection(lesson, "looks-good", { k, tries });
    expect(steps.byHand?.sent.length).toBe(tries);
    const right = repliesOf(steps.all).map((reply, at) =>
      isRight(reply, QUESTIONS[at]?.accepted ?? []),
    );
    expect(right.length).toBe(20);
    const share = right.filter(Boolean).length / 20;
    const tried = right.slice(0, tries).filter(Boolean).length / tries;
    const words =
      Math.abs(share - tried) < 1e-9
        ? "the same share as of those"
        : share < tried
          ? "a smaller share"
          : "a larger share";
    expect(steps.all?.verdict).toBe(words);
    expect(rowsOf(steps.all, "Failed").length).toBe(
      right.filter((one) => !one).length,
    );
  });
});

describe("test-set", () => {
  test.each([1, 3, 6])("k=%i: what fails is counted once", async (k) => {
    const steps = await playSection(lesson, "test-set", { k });
    expect(steps.searched?.sent).toEqual([]);
    const rows = rowsOf(steps.whole, "Right answers");
    const [found = [], missed = [], none = []] = rows.map((row) =>
      row.slice(1).map(Number),
    );
    expect(Number(found[0]) + Number(missed[0]) + Number(none[0])).toBe(20);
    const right = repliesOf(steps.whole).filter((reply, at) =>
      isRight(reply, QUESTIONS[at]?.accepted ?? []),
    );
    expect(Number(found[1]) + Number(missed[1]) + Number(none[1])).toBe(
      right.length,
    );
    const model = Number(found[0]) - Number(found[1]);
    const search = Number(missed[0]) - Number(missed[1]);
    expect(rowsOf(steps.searched, "Missed").length).toBe(missed[0]);
    const blamed = model > search ? "the model" : "the search";
    expect(steps.whole?.verdict).toBe(model === search ? "neither" : blamed);
  });
});

const LABELLED: Record<string, string>[] = parse(
  readFileSync(join(import.meta.dirname, "labelled.csv"), "utf8"),
  { columns: true },
);

describe("judges", () => {
  test("twenty answers are labelled right and twenty wrong, and each reference is of the test set", () => {
    const right = LABELLED.filter((row) => row.right === "yes");
    expect([LABELLED.length, right.length]).toEqual([40, 20]);
    const known = new Map(QUESTIONS.map((one) => [one.question, one]));
    for (const { question = "", reference, key } of LABELLED) {
      expect(known.get(question)?.reference).toBe(reference);
      expect(known.get(question)?.accepted).toContain(key);
    }
  });

  test.each([
    [0, 40],
    [0.3, 40],
    [0.6, 7],
    [0.85, 31],
    [1, 2],
  ])(
    "threshold %d, %i answers: the table is the labels against the replies",
    async (threshold, count) => {
      const steps = await playSection(lesson, "judges", { threshold, count });
      const labels = LABELLED.slice(0, count).map(
        ({ right }) => right === "yes",
      );
      const verdicts = repliesOf(steps.rubric).map(
        (reply) => JSON.parse(reply).correct === true,
      );
      expect(verdicts.length).toBe(count);
      const errors = labels.map((label, at) =>
        label === verdicts[at] ? "" : label ? "strict" : "kind",
      );
      const [kind, strict] = ["kind", "strict"].map(
        (name) => errors.filter((error) => error === name).length,
      );
      const rows = rowsOf(steps.rubric, "Agreement with the labels");
      const rubric = rows.find(([name]) => name === "rubric");
      const agrees = labels.length - Number(kind) - Number(strict);
      expect(rubric?.[1]).toBe(`${agrees} of ${count}`);
      expect(rubric?.slice(3).map(Number)).toEqual([kind, strict]);
      const direction = Number(kind) - Number(strict);
      expect(steps.rubric?.verdict).toMatch(
        direction === 0
          ? /^equally/
          : direction > 0
            ? /^too kind/
            : /^too strict/,
      );
      const most = Math.max(
        ...rows
          .slice(0, 3)
          .map(([, share]) => Number.parseInt(`${share}`, 10)),
      );
      const best = rows.find(([name]) => name === steps.simple?.verdict);
      expect(Number.parseInt(`${best?.[1]}`, 10)).toBe(most);
    },
  );
});

describe("long-answers", () => {
  test.each([
    [8, "detailed", "no"],
    [3, "concise", "yes"],
    [1, "detailed", "yes"],
  ] as const)("%i pairs, %s, ties: %s", async (pairs, ask, tie) => {
    const values = { pairs, ask, tie };
    const steps = await playSection(lesson, "long-answers", values);
    const winners = repliesOf(steps.vague).map((reply) => JSON.parse(reply));
    const long = winners.filter(
      ({ winner }, at) => winner === (at % 2 === 0 ? "A" : "B"),
    ).length;
    expect(winners.length).toBe(pairs);
    const share = long / pairs;
    expect(steps.vague?.verdict).toBe(
      share === 0
        ? "never"
        : share === 1
          ? "always"
          : share > 0.5
            ? "more than half"
            : "sometimes, up to half",
    );
    const correct = repliesOf(steps.graded).map(
      (reply) => JSON.parse(reply).correct,
    );
    const wrong = correct.filter((one, at) => one && at % 2 === 1).length;
    expect(correct.length).toBe(2 * pairs);
    expect(steps.graded?.verdict).toBe(
      wrong === 0
        ? "none"
        : wrong > pairs / 2
          ? "more than half"
          : "up to half",
    );
    const two = repliesOf(steps.swapped).map((one) => JSON.parse(one).winner);
    const changed = EQUALS.filter(
      (_, at) => two[2 * at] === two[2 * at + 1] && two[2 * at] !== "tie",
    ).length;
    expect(two.length).toBe(2 * EQUALS.length);
    expect(steps.swapped?.verdict).toBe(
      changed === 0 ? "none" : changed > 3 ? "4 or more" : "1 to 3",
    );
    if (tie === "no") expect(two).not.toContain("tie");
  });

  test("the long answers are long, and the equal ones are equal", () => {
    for (const { short, long } of PAIRS)
      expect(long.length).toBeGreaterThan(3 * short.length);
    for (const { one, other } of EQUALS)
      expect(Math.abs(one.length - other.length)).toBeLessThan(12);
  });
});

describe("faithfulness", () => {
  test.each([
    ["Overlap costs storage.", 1, 3],
    ["Overlap costs storage. It was invented in Rome.", 2, 1],
    ["No sentence here ends", 1, 6],
    ["A score of 3.5 is high. So it is!", 3, 2],
  ])("%s", async (answer, count, k) => {
    const values = { answer, count, k };
    const steps = await playSection(lesson, "faithfulness", values);
    const found = repliesOf(steps.bySentence).map((one) => JSON.parse(one));
    const supported = found.filter((one) => one.supported).length;
    expect(found.length).toBe(
      rowsOf(steps.bySentence, "Held against the passages").length,
    );
    expect(steps.bySentence?.verdict).toBe(String(supported));

    const rows = rowsOf(steps.sideBySide, "Answers");
    const [[, both, only] = [], [, other, neither] = []] = rows;
    const all = [both, only, other, neither].map(Number);
    expect(all.reduce((sum, one) => sum + one, 0)).toBe(count);
    const isNone = Number(both) + Number(only) === 0;
    expect(steps.sideBySide?.verdict).toBe(
      isNone
        ? "there is no faithful answer"
        : Number(only) === 0
          ? "yes"
          : "no",
    );
  });
});

/** Agreement of the four judges on a file of labelled answers, as the program tells it. */
async function agreementOn(file: string[]) {
  const argv = ["lesson", "evaluation/judges", ...file, "--format", "jsonl"];
  const { code, stdout, stderr } = await run([...argv, "--yes"]);
  expect([code, stderr]).toEqual([0, ""]);
  const told = eventsOf(stdout).filter(
    (event) => event.type === "facts-told",
  );
  const facts = told.find(({ facts }) => "rubric" in facts)?.facts;
  return facts as Record<
    string,
    { agrees: number; of: number; kappa: number }
  >;
}

test("the judge with a rubric agrees with labels that it was not made with, and better than the others", async () => {
  const second = join(
    import.meta.dirname,
    "../../test/judges/kept-apart.csv",
  );
  const agreed: Record<string, string> = {};
  for (const [name, file] of Object.entries({
    shipped: [],
    second: ["--file", second],
  })) {
    const { rubric, ...others } = await agreementOn(file);
    const said = Object.entries({ ...others, rubric }).map(
      ([judge, found]) =>
        `${judge} ${found?.agrees} of ${found?.of}, kappa ${found?.kappa.toFixed(2)}`,
    );
    agreed[name] = said.join("; ");
    const share = Number(rubric?.agrees) / Number(rubric?.of);
    expect(share, agreed[name]).toBeGreaterThan(0.8);
    for (const other of Object.values(others))
      expect(rubric?.agrees).toBeGreaterThan(other.agrees);
  }
  process.stderr.write(`agreement: ${JSON.stringify(agreed, null, 2)}\n`);
});

test.each([
  ["question,reference,right\na,b,yes\n", "lacks a column"],
  ["question,reference,answer,right\na,b,c,perhaps\n", 'the label "perhaps"'],
  ["question,reference,answer,right\n", "has no rows"],
])(
  "a table that is not one of labelled answers is refused: %j",
  async (csv, said) => {
    const file = join(
      mkdtempSync(join(tmpdir(), "llm-lab-labels-")),
      "own.csv",
    );
    writeFileSync(file, csv);
    const { code, stderr, stdout } = await run([
      "lesson",
      "evaluation/judges",
      "--file",
      file,
      "--yes",
    ]);
    rmSync(dirname(file), { recursive: true });
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain(said);
  },
);

test.each(["empty-reply", "half-stream", "wrong-type"])(
  "with %s, a judge gives no verdict, and the sections go on to their end",
  async (fault) => {
    const sections = ["judges", "long-answers"].map(
      (name) => `evaluation/${name}`,
    );
    for (const section of sections) {
      const argv = ["lesson", section, "--fault", fault, "--yes"];
      const { code, stdout } = await run(argv);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/went wrong|failed/);
      expect(stdout).toMatch(/^Done\. /m);
    }
  },
);
