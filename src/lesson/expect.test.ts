import { describe, expect, test } from "vitest";
import type { LabEvent } from "../trace/events.ts";
import { breachOf, runOf } from "./judge.ts";
import { section } from "./section.ts";

const told: LabEvent[] = [{ type: "facts-told", facts: { kept: 3 } }];
const lab = section({ title: "L" });
const step = lab
  .step<{ kept: number }>("One", async ({ tell }) => tell({ kept: 3 }))
  .predict({
    question: "How many are kept?",
    choices: [2, 3],
    judge: ({ facts }) => facts.kept,
  });

function breach(of: { expectations: unknown[]; prediction?: unknown }, events = told) {
  const { expectations, prediction } = of as ReturnType<typeof lab.step>;
  return breachOf(expectations.at(-1)!, prediction, runOf({}, events));
}

describe("an outcome that a step promises", () => {
  test("is the right choice of its prediction, or a look at the run", () => {
    expect(breach(step.expect("three are kept", 3))).toBeUndefined();
    expect(breach(step.expect("more than two", ({ facts }) => facts.kept > 2))).toBeUndefined();
  });

  test("says what is so where it does not hold", () => {
    expect(breach(step.expect("two are kept", 2))).toBe(
      '"How many are kept?" is answered by "3", not by "2".',
    );
    expect(breach(step.expect("none", ({ facts }) => facts.kept === 0))).toBe(
      'It does not hold: the step told {"kept":3}.',
    );
  });

  test("is broken where the step told nothing that it could be judged by", () => {
    expect(breach(step.expect("three are kept", 3), [])).toBe("The step told no facts.");
    const quiet = lab.step("Two", async () => {}).expect("a call", ({ calls }) => calls.length > 0);
    expect(breach(quiet, [])).toBe("It does not hold: the step made 0 calls.");
  });

  test("is not one of another type than the choices", () => {
    // @ts-expect-error a number is predicted
    expect(breach(step.expect("three are kept", "three"))).toMatch(/not by "three"/);
    // @ts-expect-error nothing is predicted
    expect(lab.step("Two", async () => {}).expect("yes", "yes").expectations).toHaveLength(1);
  });
});
