import { describe, expect, test } from "vitest";
import { playSection } from "../../test/support/predictions.ts";
import { bootstrap, percentile, sideOf } from "./figures.ts";
import lesson from "./lesson.ts";
import { QUESTIONS } from "./questions.ts";

/** What a step told of its outcome. */
function toldBy(played: { events: object[] } | undefined) {
  const told = played?.events.find(
    (event): event is { type: "facts-told"; facts: Record<string, never> } =>
      (event as { type: string }).type === "facts-told",
  );
  return told?.facts ?? {};
}

/** The replies of a step, in order. */
function repliesOf(played: Awaited<ReturnType<typeof playSection>>[string]) {
  return played.events.flatMap((event) =>
    event.type === "call-end" ? [event.text.toLowerCase()] : [],
  );
}

describe("a bootstrap", () => {
  test.each([
    [20, 7, 2],
    [20, 4, 4],
    [5, 2, 0],
    [50, 3, 14],
    [200, 43, 23],
    [2, 1, 0],
    [10, 10, 0],
  ])(
    "of %i results, %i won and %i lost, is the exact one",
    (n, won, lost) => {
      const values = Array.from({ length: n }, (_, at) =>
        at < won ? 1 : at < won + lost ? -1 : 0,
      );
      const { measured, low, high, draws } = bootstrap(values, 1000);
      expect(measured).toBeCloseTo((won - lost) / n);
      expect(draws.length).toBe(1000);
      expect(bootstrap(values, 1000)).toEqual({ measured, low, high, draws });
      const exact = exactBounds(n, won / n, lost / n);
      // A thousand draws lie beside the exact bound by the chance of their own.
      const beside = 0.02 + 1 / n;
      expect(Math.abs(low - exact.low)).toBeLessThanOrEqual(beside);
      expect(Math.abs(high - exact.high)).toBeLessThanOrEqual(beside);
    },
  );

  test("holds the true difference in about 95 of 100 test sets", () => {
    let state = 7;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const held = Array.from({ length: 200 }, () => {
      const values = Array.from({ length: 60 }, () => {
        const drawn = random();
        return drawn < 0.25 ? 1 : drawn < 0.4 ? -1 : 0;
      });
      const { low, high } = bootstrap(values, 1000);
      return low <= 0.1 && 0.1 <= high;
    }).filter(Boolean).length;
    expect(held).toBeGreaterThan(180);
    expect(held).toBeLessThan(200);
  });
});

/** The bounds of the mean of n draws of 1, -1 and 0, from their exact distribution. */
function exactBounds(n: number, up: number, down: number) {
  let chances = new Map([[0, 1]]);
  for (let at = 0; at < n; at += 1) {
    const next = new Map<number, number>();
    for (const [sum, chance] of chances)
      for (const [step, share] of [
        [1, up],
        [-1, down],
        [0, 1 - up - down],
      ] as const)
        next.set(sum + step, (next.get(sum + step) ?? 0) + chance * share);
    chances = next;
  }
  const sums = [...chances.keys()].sort((one, other) => one - other);
  const bound = (share: number) => {
    let total = 0;
    for (const sum of sums) {
      total += chances.get(sum) ?? 0;
      if (total >= share) return sum / n;
    }
    return 1;
  };
  return { low: bound(0.025), high: bound(0.975) };
}

test.each([
  [[3, 1, 2], 50, 2],
  [[3, 1, 2], 100, 3],
  [[5], 95, 5],
  [Array.from({ length: 20 }, (_, at) => at + 1), 95, 19],
  [Array.from({ length: 100 }, (_, at) => at + 1), 95, 95],
])("a percentile is one of the values", (values, per, expected) => {
  expect(percentile(values, per)).toBe(expected);
});

describe("compare", () => {
  test.each([
    ["no passages", 20],
    ["no passages", 5],
    ["one passage", 5],
    ["one passage", 12],
    ["wrong passages", 2],
    ["wrong passages", 9],
    ["wrong passages", 20],
  ])(
    "%s, %i questions: what is told follows from the replies",
    async (against, questions) => {
      const { paired } = await playSection(lesson, "compare", {
        against,
        questions,
      });
      const replies = repliesOf(paired!);
      expect(replies.length).toBe(2 * questions);
      const passes = replies.map((text, at) =>
        QUESTIONS[at >> 1]!.accepted.some((words) =>
          text.includes(words.toLowerCase()),
        ),
      );
      const { first, second, low, high } = toldBy(paired);
      expect(first).toBe(
        passes.filter((one, at) => one && at % 2 === 0).length,
      );
      expect(second).toBe(
        passes.filter((one, at) => one && at % 2 === 1).length,
      );
      expect(paired?.verdict).toBe(sideOf({ low: low!, high: high! }));
      const context = paired?.prompts.map((prompt) =>
        prompt.includes("Context:"),
      );
      const isWith = against !== "no passages";
      expect(context).toEqual(replies.map((_, at) => at % 2 === 0 || isWith));
    },
  );

  test("offline, twenty questions cannot tell whether passages help, and five still less", async () => {
    for (const questions of [5, 20]) {
      const { paired } = await playSection(lesson, "compare", { questions });
      expect(paired?.verdict).toBe("around 0");
    }
  });

  test("the wrong passages are told at once", async () => {
    const { paired } = await playSection(lesson, "compare", {
      against: "wrong passages",
    });
    expect(paired?.verdict).toBe("above 0");
  });

  test.each([2, 3, 5, 10, 17, 20, 30, 34, 40, 50])(
    "%i points take about as many questions as the formula says",
    async (difference) => {
      const { sizes } = await playSection(lesson, "compare", {
        difference,
        questions: 2,
      });
      const d = difference / 100;
      const needed = (1.96 ** 2 * (Math.max(1 / 3, d) - d * d)) / (d * d);
      const enough = Number(sizes?.verdict);
      const sizesThereAre = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
      const at = sizesThereAre.findIndex((size) => size >= needed);
      // A size that is just too small may do, and one that is just large enough may not.
      expect(sizesThereAre.slice(Math.max(0, at - 1), at + 2)).toContain(
        enough,
      );
    },
  );
});

test.each([
  [2, 6],
  [6, 2],
  [3, 3],
])(
  "cost: %i and %i passages: what passed follows from the replies",
  async (few, many) => {
    const { variants } = await playSection(lesson, "cost", { few, many });
    const passes = repliesOf(variants!).map((text, at) =>
      QUESTIONS[at % 20]!.accepted.some((words) =>
        text.includes(words.toLowerCase()),
      ),
    );
    const count = (from: number) =>
      passes.slice(from, from + 20).filter(Boolean).length;
    const [one, other] = [count(0), count(20)];
    const verdict =
      one === other ? "as many" : one > other ? "the first" : "the second";
    expect(variants?.verdict).toBe(verdict);
    const [table] = variants!.events.filter(
      (event) => event.type === "table-shown",
    );
    const rows = Object.fromEntries(
      table!.rows.map(([name, ...cells]) => [name, cells]),
    );
    expect(rows["passed, per cent"]).toEqual(
      [one, other].map((passed) => `${5 * passed}`),
    );
    for (const at of [0, 1]) {
      const cell = (name: string) => Number(rows[name]?.[at]);
      expect(cell("p95, ms")).toBeGreaterThanOrEqual(cell("p50, ms"));
      const dollars =
        (cell("tokens in, a call") * 0.1 + cell("tokens out, a call") * 0.5) /
        1000;
      expect(cell("US$, 1000 calls")).toBeCloseTo(dollars, 2);
    }
  },
);

test.each([1, 2, 5, 13, 50])("cost: %i calls in a row", async (calls) => {
  const { tail } = await playSection(lesson, "cost", { calls });
  let quick = 1;
  for (let at = 0; at < calls; at += 1) quick *= 19 / 20;
  expect(Number(tail?.verdict)).toBe(Math.round(100 - 100 * quick));
});
