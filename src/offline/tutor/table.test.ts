import { beforeAll, describe, expect, test } from "vitest";
import { respond } from "./skills.ts";
import { type Case, type Grade, gradeOf, readCases, replyTo } from "./table/cases.ts";

const cases = readCases();

test("the table has at least 300 messages, about half of them kept, and each demands something", () => {
  expect(cases.length).toBeGreaterThanOrEqual(300);
  const kept = cases.filter((one) => one.kept).length / cases.length;
  expect(kept).toBeGreaterThan(0.4);
  expect(kept).toBeLessThan(0.6);
  expect(cases.filter(({ must }) => must.length === 0)).toEqual([]);
});

describe.each(["open", "kept"])("of the %s half", (half) => {
  const own = cases.filter(({ kept }) => kept === (half === "kept"));
  let graded: Awaited<ReturnType<typeof gradeAll>> = [];
  beforeAll(async () => {
    graded = await gradeAll(own);
  });
  const of = (grade: Grade) =>
    graded
      .filter((one) => one.grade === grade)
      .map(({ one, reply }) => `${one.told.join(" ")} ${one.asked} -> ${reply}`);

  test("no reply denies what was told", () => {
    expect(of("false denial")).toEqual([]);
  });

  test("at most 3 in 100 replies are wrong", () => {
    expect(of("wrong").length, of("wrong").join("\n")).toBeLessThanOrEqual(0.03 * own.length);
  });

  test("at least 95 in 100 are right; the rest declines honestly", () => {
    expect(of("right").length).toBeGreaterThanOrEqual(0.95 * own.length);
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
