import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "./support/program.ts";

interface Measured {
  recall1: number;
  recall3: number;
  mrr: number;
}

interface Result {
  documents: string;
  set: string;
  part: "open" | "kept";
  questions: number;
  methods?: Record<string, Measured>;
  answers?: { right: number; declined: number; wrong: number };
}

let results: Result[] = [];

beforeAll(() => {
  const script = join(root, "scripts/bench-retrieval.mjs");
  const options = { encoding: "utf8", maxBuffer: 2 ** 24 } as const;
  results = JSON.parse(execFileSync(process.execPath, [script, "--json", "--short"], options));
}, 120_000);

const searched = () => results.filter(({ methods }) => methods !== undefined);
const of = (documents: string, set: string, part: string, method: string) =>
  results.find((one) => one.documents === documents && one.set === set && one.part === part)
    ?.methods?.[method]?.recall3 ?? Number.NaN;

describe("search by meaning and by words", () => {
  // Sets are small: on each it may miss one question that the better of the two finds.
  test("finds at least what the better of the two finds alone, on each set", () => {
    expect(searched().length).toBeGreaterThan(15);
    for (const { documents, set, part, questions, methods } of searched()) {
      const alone = Math.max(methods!.BM25!.recall3, methods!["encoder and lexicon"]!.recall3);
      const told = `${documents}, ${set}, ${part}`;
      expect([told, methods!.fused!.recall3 + 1e-9 >= alone - 1 / questions]).toEqual([told, true]);
    }
  });

  test.each(["open", "kept"])("finds passages of the handbook by its own terms, %s", (part) => {
    expect(of("handbook", "terms", part, "fused")).toBeGreaterThanOrEqual(0.92);
  });

  test.each([
    ["open", 0.72],
    ["kept", 0.55],
  ])("finds them where questions are loose paraphrase, %s", (part, least) => {
    expect(of("handbook", "paraphrase", part, "fused")).toBeGreaterThanOrEqual(least);
  });

  test("beats vectors that know nothing by far", () => {
    for (const { documents, methods } of searched().filter(({ set }) => set === "paraphrase"))
      expect([
        documents,
        methods!.fused!.recall3 > 1.5 * methods!["hashed words"]!.recall3,
      ]).toEqual([documents, true]);
  });
});

describe("answers of the offline tutor, about folders of notes, rules and pages", () => {
  const counted = (isCounted: (result: Result) => boolean) => {
    const chosen = results.filter((one) => one.answers !== undefined && isCounted(one));
    const sum = (of: (result: Result) => number) => chosen.reduce((all, one) => all + of(one), 0);
    const questions = sum((one) => one.questions);
    expect(questions).toBeGreaterThan(20);
    return {
      right: sum(({ answers }) => answers!.right) / questions,
      wrong: sum(({ answers }) => answers!.wrong) / questions,
    };
  };

  test("three of four are right where the question has the documents' words", () => {
    const { right, wrong } = counted(({ set, part }) => set === "terms" && part === "open");
    expect(right).toBeGreaterThanOrEqual(0.85);
    expect(wrong).toBeLessThanOrEqual(1 / 40);
  });

  test("one of five where it has others, and hardly one is wrong", () => {
    const { right, wrong } = counted(({ set, part }) => set === "paraphrase" && part === "open");
    expect(right).toBeGreaterThanOrEqual(0.22);
    expect(wrong).toBeLessThanOrEqual(1 / 40);
  });

  test("one of twenty is wrong at most, of all questions, also of those without an answer", () => {
    expect(counted(() => true).wrong).toBeLessThanOrEqual(0.05);
  });
});
