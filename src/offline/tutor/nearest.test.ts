import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Candidate, nearestCandidate } from "./nearest.ts";

/**
 * Destinations, and questions with the one that they are for; every second question was kept aside.
 */
const sets = readFileSync(join(import.meta.dirname, "nearest.txt"), "utf8")
  .split(/^# /m)
  .slice(1)
  .map((text) => {
    const [head = "", questions = ""] = text.split("\n---\n");
    const [name = "", ...lines] = head.split("\n");
    const candidates: Candidate[] = lines.map((line) => {
      const [name = "", description = ""] = line.split(": ");
      return { name, description };
    });
    const asked = questions
      .trim()
      .split("\n")
      .map((line, at) => {
        const [wanted = "", question = ""] = line.split(" > ");
        return { wanted, question, isKept: at % 2 === 1 };
      });
    return { name, candidates, asked };
  });

describe.each([
  ["not kept", false, { right: 0.78, rejected: 0.85 }],
  ["kept aside", true, { right: 0.68, rejected: 0.9 }],
])("questions %s", (_name, isKept, least) => {
  const chosen = sets.flatMap(({ candidates, asked }) =>
    asked
      .filter((one) => one.isKept === isKept)
      .map(({ wanted, question }) => ({
        wanted,
        found: nearestCandidate(question, candidates)?.name ?? "none",
      })),
  );
  const shareOf = (some: typeof chosen) =>
    some.filter(({ wanted, found }) => wanted === found).length / some.length;

  test("go where they are for", () => {
    const fitting = chosen.filter(({ wanted }) => wanted !== "none");
    expect(shareOf(fitting)).toBeGreaterThanOrEqual(least.right);
  });

  test("go nowhere if they are for none", () => {
    const others = chosen.filter(({ wanted }) => wanted === "none");
    expect(shareOf(others)).toBeGreaterThanOrEqual(least.rejected);
  });
});

test("there are at least 80 questions, over sets of four, six and sixteen", () => {
  expect(sets.flatMap(({ asked }) => asked).length).toBeGreaterThanOrEqual(80);
  expect(sets.map(({ candidates }) => candidates.length)).toEqual([4, 6, 6, 16, 4, 6, 6, 16]);
});

test.each(["", "???", "  ", "12"])("nothing is near to %j", (text) => {
  expect(nearestCandidate(text, sets[0]?.candidates ?? [])).toBeUndefined();
});

test("of no candidates none is chosen", () => {
  expect(nearestCandidate("When does it rain?", [])).toBeUndefined();
});
