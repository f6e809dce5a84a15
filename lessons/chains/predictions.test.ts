import { describe, expect, test } from "vitest";
import { type Played, playSection } from "../../test/support/predictions.ts";
import lesson from "./lesson.ts";

// The oracles look at the prompts, the messages and the values alone.

const TEXTS = [
  "tea",
  "Soap",
  "Holzspielzeug für Kinder",
  "手工茶壶",
  "a",
  "{braces} and {{more}}",
  "first line\n\nsecond paragraph",
  "x".repeat(200),
  'quotes " and \\ and `ticks`',
  "Queen Size Sheet Set",
];

const REVIEWS = [
  "Je trouve le goût médiocre. La mousse ne tient pas, c'est bizarre.",
  "The lamp gives a warm light and looks beautiful.",
  "Good.",
  "Das Brot ist kalt und zu teuer.",
  "この椅子はとても座り心地がいいですが、値段が高いです。",
  "English",
  "I bought this kettle for my daughter. It leaks. {really}",
  "a",
  "The cable is too short.\n\nThe colour is right.",
  "Los zapatos son cómodos y la calidad es muy buena.",
];

const DESTINATIONS = [
  "",
  "cooking: recipes and kitchens",
  "cooking: recipes {and} kitchens",
  "law: contracts; sailing: boats, wind: and knots",
  "料理: 台所とレシピ",
  "physics: everything that is not physics",
];

/** The values that were filled into the prompt of a call. */
const filledInto = (
  steps: Record<string, Played>,
  step: string,
  at: number,
) =>
  (steps[step]?.sent[at]?.messages ?? []).flatMap(({ parts }) =>
    parts.filter(({ variable }) => variable !== undefined),
  );

/** What the calls of a step answered, in order. */
const repliesOf = ({ events }: Played) =>
  events.flatMap((event) => (event.type === "call-end" ? [event.text] : []));

describe.each(TEXTS)("a product: %s", (product) => {
  test("llm-chain: one message", async () => {
    const { names } = await playSection(lesson, "llm-chain", { product });
    expect(names?.verdict).toBe(String(names?.sent[0]?.messages.length));
    expect(names?.verdict).toBe("1");
  });

  test("simple-sequential: the second prompt takes the reply, and that alone", async () => {
    const steps = await playSection(lesson, "simple-sequential", {
      product,
      words: 12,
    });
    const filled = filledInto(steps, "two", 1).map(({ text }) => text);
    expect(filled).toEqual([repliesOf(steps.two as Played)[0]]);
    expect(steps.two?.verdict).toBe("the first reply");
  });
});

describe.each(REVIEWS)("a review: %s", (review) => {
  test("sequential: the third link takes the review, whatever a translation says", async () => {
    const { broken, four } = await playSection(lesson, "sequential", {
      review,
    });
    const third = four?.prompts[2];
    expect(third).toBe(`What language is the following review:\n\n${review}`);
    expect(four?.verdict).toBe("the second and the fourth");
    expect(broken?.verdict).toBe(String(broken?.sent.length));
    expect(broken?.verdict).toBe("2");
  });

  test("now: one piece from LLMChain, one call of three", async () => {
    const { batched, streams, stopped } = await playSection(lesson, "now", {
      review,
      product: review.slice(0, 200),
      question: review,
    });
    const shown = streams?.events.find(
      (event) => event.type === "table-shown",
    );
    const [piped, lambda, classic] = (shown?.rows ?? []).map((row) =>
      Number(row[1]),
    );
    expect(streams?.verdict).toBe(classic === 1 ? "one" : "several");
    expect([Number(piped) > 1, lambda]).toEqual([true, 1]);
    expect(batched?.verdict).toBe(String(batched?.sent.length));
    expect(batched?.verdict).toBe("4");
    expect(stopped?.verdict).toBe(String(stopped?.sent.length));
  });
});

test.each(
  TEXTS.slice(0, 8).flatMap((question, at) => {
    const destinations = DESTINATIONS[at % DESTINATIONS.length] ?? "";
    return [[question, destinations] as const];
  }),
)("router: %s, with %s", async (question, destinations) => {
  const { routes, none } = await playSection(lesson, "router", {
    question,
    destinations,
  });
  expect(routes?.verdict).toBe(String(routes?.sent.length));
  expect(none?.verdict).toBe(
    none?.prompts.at(-1)?.includes("tulips") ? "yes" : "no",
  );
  const [first] = routes?.prompts ?? [];
  for (const part of destinations.split(";").filter(Boolean)) {
    const [name, ...description] = part.split(":");
    expect(first).toContain(
      `${name?.trim()}: ${description.join(":").trim()}`,
    );
  }
});

test.each([
  ["cooking", '"cooking" is not a destination with a description'],
  ["cooking: ", '"cooking:" is not a destination with a description'],
  [": recipes", '": recipes" is not a destination with a description'],
  ["{x}: y", '"{x}" cannot be the name of a destination'],
  ["toString: y", '"toString" cannot be the name of a destination'],
  ["Default: y", '"Default" cannot be the name of a destination'],
])(
  "router: the destinations %s are refused",
  async (destinations, sentence) => {
    const { routes } = await playSection(lesson, "router", { destinations });
    expect(routes?.events).toContainEqual(
      expect.objectContaining({ type: "error-raised", message: sentence }),
    );
  },
);

// An attempt after a failure waits a second or two, so few reviews are played.
test.each(["Je trouve le goût médiocre.", "{a} taste", "a"])(
  "retries: calls are counted on the wire, for %s",
  async (review) => {
    const steps = await playSection(lesson, "retries", { review });
    const { retried, fallen, checked } = steps;
    const translates = (prompt: string) => prompt.startsWith("Translate");
    // The link's play translates once and asks twice; the chain's does both twice.
    expect(retried?.prompts.map(translates)).toEqual([
      ...[true, false, false],
      ...[true, false, true, false],
    ]);
    expect(retried?.verdict).toBe("4");
    expect([fallen?.sent.length, fallen?.verdict]).toEqual([3, "no"]);
    expect([checked?.sent.length, checked?.verdict]).toEqual([3, "1"]);
  },
);

test.each([1, 14])("sequential: row %i is a review", async (row) => {
  const { four } = await playSection(lesson, "sequential", { row });
  expect(four?.verdict).toBe("the second and the fourth");
});

test.each([15, 9999])("sequential: row %i is refused", async (row) => {
  const { four } = await playSection(lesson, "sequential", { row });
  expect(four?.events).toContainEqual(
    expect.objectContaining({
      type: "error-raised",
      message: `The table has no row ${row}`,
    }),
  );
});
