import { describe, expect, test } from "vitest";
import { respond } from "./skills.ts";
import { type Case, gradeOf, readCases, replyTo } from "./table/cases.ts";

const cases = readCases();

test("the table has at least 300 messages, about half of them kept, and each demands something", () => {
  expect(cases.length).toBeGreaterThanOrEqual(300);
  const kept = cases.filter((one) => one.kept).length / cases.length;
  expect(kept).toBeGreaterThan(0.4);
  expect(kept).toBeLessThan(0.6);
  expect(cases.filter(({ must }) => must.length === 0)).toEqual([]);
});

describe.each(["open"])("of the %s half", (half) => {
  test("most replies are right, or honestly decline", async () => {
    const own = cases.filter(({ kept }) => kept === (half === "kept"));
    const graded = await gradeAll(own);
    const bad = graded.filter(({ grade }) => grade !== "right" && grade !== "honest");
    expect(bad.length / own.length).toBeLessThan(0.4);
  });
});

async function gradeAll(all: Case[]) {
  const graded = [];
  for (const one of all) {
    const reply = await replyTo(one, async (messages) => String(await respond(messages)));
    graded.push({ one, reply, grade: gradeOf(one, reply) });
  }
  return graded;
}
