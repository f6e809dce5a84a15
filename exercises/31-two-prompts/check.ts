import type { Check, Draw } from "../../src/workbook/check.ts";

interface Given {
  prompts: { old: string; new: string };
  cases: { question: string; expected: string }[];
}

/** How many questions both prompts answer right, only the new one, only the old one, or neither. */
type Plan = { both: number; new: number; old: number; neither: number };

/** Sets that tell only where pairs stay together, and a set that does not tell. */
const PLANS: Record<"new" | "old" | "cannot tell", Plan> = {
  new: { both: 16, new: 9, old: 1, neither: 14 },
  old: { both: 15, new: 1, old: 10, neither: 14 },
  "cannot tell": { both: 14, new: 7, old: 4, neither: 15 },
};

const WORDS = ["Monday", "Refund", "Invoice", "Warehouse", "Signature"];
const COUNT = 40;

export const check: Check<Given> = {
  given: {
    prompts: {
      old: "Answer the customer.\n\n{question}",
      new: "You work at a help desk. Be exact.\nCustomer: {question}\nYou:",
    },
    cases: Array.from({ length: COUNT }, (_, at) => ({
      question: `What about order KX-${4100 + at}?`,
      expected: WORDS[at % WORDS.length] ?? "",
    })),
  },
  draw: (draw) => ({
    prompts: {
      old: `You are ${draw.name()}.\n{question}\nBe ${draw.word()}.`,
      new: `Help the customers of ${draw.name()}.\n\n{question}`,
    },
    cases: Array.from({ length: COUNT }, (_, at) => ({
      question: `Where is ${draw.code()}, number ${at} of ${draw.name()}?`,
      expected: draw.name(),
    })),
  }),
  milliseconds: 30_000,

  async judge(lab, given) {
    const { prompts, cases } = given;
    let plan: Map<string, { old: boolean; new: boolean }>;
    let asked: string[] = [];
    lab.wire.answer(({ prompt }) => {
      const one = cases.find(({ question }) => prompt.includes(question));
      const which = (["old", "new"] as const).find(
        (name) =>
          prompt.trim() ===
          prompts[name].replace("{question}", one?.question ?? "").trim(),
      );
      asked.push(`${which} ${one?.question}`);
      const isRight = one && which && plan.get(one.question)?.[which];
      return isRight
        ? `It is ${one.expected.toLowerCase()}.`
        : "I am not sure.";
    });

    for (const [verdict, counts] of Object.entries(PLANS)) {
      plan = planned(lab.draw, cases, counts);
      asked = [];
      const returned = (await lab.call("compare", { ...given })) as Returned;
      lab.expect(
        asked.every((one) => !one.includes("undefined")),
        "A request is not one of the prompts with a question of the set in its gap.",
        { request: lab.wire.requests.length },
      );
      lab.expect(
        asked.length === 2 * COUNT && new Set(asked).size === asked.length,
        `${asked.length} requests were sent for ${COUNT} questions and two prompts: ask each question once with each prompt.`,
      );
      judgeFigures(lab.expect, returned, counts, verdict);
    }
  },
};

type Returned =
  | { difference?: number; low?: number; high?: number; verdict?: string }
  | undefined;

/** Gives each question its place in the plan, in a drawn order. */
function planned(draw: Draw, cases: Given["cases"], counts: Plan) {
  const order = draw.some(cases, cases.length);
  return new Map(
    order.map(({ question }, at) => [
      question,
      {
        new: at < counts.both + counts.new,
        old: at < counts.both || isOldOnly(at, counts),
      },
    ]),
  );
}

const isOldOnly = (at: number, { both, new: wins, old }: Plan) =>
  at >= both + wins && at < both + wins + old;

function judgeFigures(
  expect: (fact: boolean, says: string) => void,
  returned: Returned,
  counts: Plan,
  verdict: string,
): void {
  const { difference = Number.NaN, low = Number.NaN } = returned ?? {};
  const { high = Number.NaN } = returned ?? {};
  const right = (counts.new - counts.old) / COUNT;
  const isNear = (one: number, other: number, by: number) =>
    Math.abs(one - other) <= by;
  const about = `${counts.both + counts.new} answers were right with the new prompt and ${counts.both + counts.old} with the old`;
  expect(
    !isNear(difference, -right, 1e-6),
    `Your difference is ${written(difference)}: that is the other way round, for ${about}.`,
  );
  expect(
    isNear(difference, right, 1e-6),
    `Your difference is ${written(difference)}; expected ${written(right)}: ${about} of ${COUNT}.`,
  );

  const paired = boundsOf(
    right,
    (counts.new + counts.old) / COUNT - right ** 2,
  );
  const [after, before] = [
    counts.both + counts.new,
    counts.both + counts.old,
  ].map((count) => count / COUNT) as [number, number];
  const apart = boundsOf(right, after * (1 - after) + before * (1 - before));
  const width = high - low;
  const isApart =
    isNear(width, apart.high - apart.low, 0.06) &&
    width > (paired.high - paired.low + apart.high - apart.low) / 2;
  const yours = `Your bounds ${written(low)} and ${written(high)}`;
  const expected = `about ${written(paired.low)} and ${written(paired.high)}`;
  expect(
    !isApart,
    `${yours} are not ${expected}. Too wide: the answers of the two prompts were drawn apart.`,
  );
  expect(
    isNear(low, paired.low, 0.06) && isNear(high, paired.high, 0.06),
    `${yours} are not those of a bootstrap; expected ${expected}.`,
  );
  expect(
    returned?.verdict === verdict,
    `Your verdict is ${JSON.stringify(returned?.verdict)} with bounds of ${written(low)} and ${written(high)}; expected ${JSON.stringify(verdict)}.`,
  );
}

/** About the bounds of a bootstrap's middle 95 per cent, from the variance of one question. */
function boundsOf(difference: number, variance: number) {
  const half = 1.96 * Math.sqrt(variance / COUNT);
  return { low: difference - half, high: difference + half };
}

const written = (value: unknown) =>
  typeof value === "number" && Number.isFinite(value)
    ? value.toFixed(3)
    : JSON.stringify(value);
