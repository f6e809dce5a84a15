import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { curriculum } from "../lessons/index.ts";
import { exerciseEnvironment } from "../src/config.ts";
import { type Exercise, readExercises } from "../src/workbook/exercises.ts";
import { inParallel } from "../src/workbook/parallel.ts";
import { CheckProcess } from "../src/workbook/run-check.ts";
import type { Verdict } from "../src/workbook/verdict.ts";

const exercises = readExercises();
const sections = curriculum.flatMap(({ id, sections }) => sections.map((name) => `${id}/${name}`));
/** `EXERCISE=8 npx vitest run test/exercises.test.ts` tests one while it is written. */
const chosen = exercises.filter(({ number }) =>
  [undefined, String(number)].includes(process.env.EXERCISE),
);

describe.each(chosen)("exercise $number, $name", (exercise) => {
  test("has the files of an exercise, and no others", () => {
    const { folder, file } = exercise;
    const whole = ["check.ts", "exercise.json", "hints.md", "other", "solution.ts", "wrong"];
    expect(readdirSync(folder).sort()).toEqual([...whole, file, ...exercise.files].sort());
    expect(programsIn(exercise, "other").length).toBeGreaterThanOrEqual(1);
    expect(programsIn(exercise, "wrong").length).toBeGreaterThanOrEqual(3);
  });

  test("says what it is about, in words that are known", () => {
    expect(curriculum.map(({ id }) => id)).toContain(exercise.topic);
    expect(exercise.task.length).toBeLessThanOrEqual(100);
    expect(exercise.teaches.length).toBeGreaterThan(0);
    const earlier = exercises
      .filter(({ number }) => number < exercise.number)
      .flatMap(({ teaches }) => teaches);
    for (const needed of exercise.needs) expect([...sections, ...earlier]).toContain(needed);
  });

  test("the task stands at the top of the learner's file, in fewer than 15 lines", () => {
    const head = headOf(read(exercise, exercise.file));
    expect(head[0]).toMatch(new RegExp(`^// Exercise ${exercise.number}: \\S`));
    expect(head.length).toBeLessThan(15);
  });

  test("its three hints lead, and none is empty", () => {
    const hints = read(exercise, "hints.md")
      .split(/^## \d\n/m)
      .slice(1);
    expect(hints.length).toBe(3);
    for (const hint of hints) {
      expect(hint.trim().length).toBeGreaterThan(40);
      const code = [...hint.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines ?? "");
      expect(code.flatMap((lines) => lines.split("\n")).filter((line) => line.length > 80)).toEqual(
        [],
      );
    }
  });

  test("its solution says why", () => {
    const code = read(exercise, "solution.ts");
    expect(code.match(/\/\/ \S.{20,}|\/\*\* \S.{20,}/)).not.toBeNull();
  });

  test("nothing untaught is needed: what the solution imports was shown before", () => {
    const earlier = exercises.filter(({ number }) => number < exercise.number);
    const shown = [
      ...sections.map((name) => readFileSync(join("lessons", `${name}.ts`), "utf8")),
      ...earlier.map((one) => read(one, "solution.ts")),
      read(exercise, exercise.file),
      read(exercise, "hints.md"),
    ].join("\n");
    for (const name of importedNames(read(exercise, "solution.ts")))
      expect(shown).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test("the unsolved file fails, in words for the learner", async () => {
    const verdict = await verdictOn(exercise, exercise.file, 1);
    expect(verdict).toMatchObject({ outcome: expect.stringMatching(/^(failed|broken)$/) });
  });

  test("each right solution passes ten random draws", async () => {
    const right = ["solution.ts", ...programsIn(exercise, "other")];
    await inParallel(right, availableParallelism(), async (file) => {
      // A seed that no check was tuned to: a failure prints it.
      const seed = Math.floor(Math.random() * 2 ** 31);
      const verdict = await verdictOn(exercise, file, seed, 10);
      expect({ file, ...verdict }).toMatchObject({ file, seed, outcome: "passed" });
    });
  });

  test("each wrong solution fails with a message of its own", async () => {
    const wrong = programsIn(exercise, "wrong");
    const expected = wrong.map((file) => {
      const [, says] = /^\/\/ says: (.+)$/.exec(read(exercise, file).split("\n")[0] ?? "") ?? [];
      return says ?? `${file} begins with "// says: …"`;
    });
    expect(new Set(expected).size).toBe(expected.length);
    const found = await inParallel(wrong, availableParallelism(), (file) =>
      verdictOn(exercise, file, 1),
    );
    for (const [at, verdict] of found.entries()) {
      const says = "says" in verdict ? verdict.says : "it passed";
      expect(`${wrong[at]}: ${says}`).toContain(expected[at]);
      expect(["failed", "broken", "timeout"]).toContain(verdict.outcome);
    }
  });
});

test("exercises have numbers and names of their own", () => {
  expect(new Set(exercises.map(({ number }) => number)).size).toBe(exercises.length);
  expect(new Set(exercises.map(({ name }) => name)).size).toBe(exercises.length);
  const taught = exercises.flatMap(({ teaches }) => teaches);
  expect(new Set(taught).size).toBe(taught.length);
});

/** Processes that wait, with LangChain loaded. */
const idle: CheckProcess[] = [];

afterAll(() => {
  for (const process of idle) process.end();
});

/** To load LangChain takes longer than most checks, so one process checks many files. */
async function verdictOn(exercise: Exercise, name: string, seed: number, draws = 1) {
  const file = join(exercise.folder, name);
  const process = idle.pop() ?? new CheckProcess({ exercise, file, env: exerciseEnvironment() });
  const verdict: Verdict = await process.run({ exercise, file, seed, draws });
  const says = "says" in verdict ? verdict.says : "";
  const isOver = /still (running|waiting)|ended the program|of memory|will settle/.test(says);
  if (isOver) process.end();
  else idle.push(process);
  return verdict;
}

function programsIn({ folder }: Exercise, kind: "other" | "wrong"): string[] {
  const path = join(folder, kind);
  return existsSync(path) ? readdirSync(path).map((file) => `${kind}/${file}`) : [];
}

const read = ({ folder }: Exercise, file: string) => readFileSync(join(folder, file), "utf8");

/** The comment that a file begins with. */
function headOf(source: string): string[] {
  const lines = source.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  return lines.slice(0, end);
}

/** What a file imports from packages, by name, types too. */
function importedNames(source: string): string[] {
  const found = source.matchAll(/^import\b[^;]*?\{([^}]*)\}[^;]*?from\s*"(?![.]|node:)[^"]+"/gm);
  return [...found].flatMap(([, names = ""]) =>
    names
      .split(",")
      .map((name) =>
        name
          .trim()
          .replace(/^type /, "")
          .replace(/ as .*$/, ""),
      )
      .filter((name) => name !== ""),
  );
}
