import type { Check, Draw } from "../../src/workbook/check.ts";

interface Given {
  exchanges: { customer: string; shop: string }[];
  orderNumber: string;
  question: string;
}

const TALK = [
  ["Do you open on Sundays?", "Yes, from ten to four."],
  ["Can I pay by invoice?", "You can, within Europe."],
  ["Is there a gift wrapping?", "There is, in two colours."],
  ["Do you take used jars back?", "We do, washed."],
  ["Is the honey from one village?", "From three."],
  ["Do you have a printed catalogue?", "We send one each spring."],
  ["Are the candles of beeswax?", "All of them."],
] as const;

/** A conversation in which the number is told `after` exchanges, and `before` follow it. */
function conversation(
  draw: Draw | undefined,
  after: number,
  before: number,
): Given {
  const talk = draw ? draw.some(TALK, TALK.length) : TALK;
  const small = talk.map(([customer, shop]) => ({ customer, shop }));
  const orderNumber = draw ? draw.code() : "KX-4711";
  const telling = {
    customer: `My order number is ${orderNumber}.`,
    shop: "Thank you, I have noted it.",
  };
  const exchanges = [
    ...small.slice(0, after),
    telling,
    ...small.slice(after, after + before),
  ];
  return { exchanges, orderNumber, question: "Where is my order now?" };
}

export const check: Check<Given> = {
  given: conversation(undefined, 2, 3),
  draw: (draw) => conversation(draw, draw.integer(1, 2), draw.integer(0, 4)),

  async judge(lab, given) {
    const at = given.exchanges.findIndex(({ customer }) =>
      customer.includes(given.orderNumber),
    );
    const older = given.exchanges[at - 1]?.customer ?? "";

    const returned = await lab.call("answer", given);

    lab.expectRequests(1);
    lab.expectSent(1, given.question, "The question is not in the prompt.");
    lab.expectSent(
      1,
      given.orderNumber,
      "The order number is not in the prompt: the window is too narrow.",
    );
    lab.expectUnsent(
      1,
      older,
      "An exchange older than the order number was sent: the window is too wide.",
    );
    for (const { customer } of given.exchanges.slice(at))
      lab.expectSent(
        1,
        customer,
        "An exchange after the order number was not sent.",
      );
    lab.expect(typeof returned === "string", "Your function returned no text.");
  },
};
