import type { Check } from "../../src/workbook/check.ts";

interface Given {
  product: string;
}

export const check: Check<Given> = {
  given: { product: "wooden sledges" },
  draw: (draw) => ({ product: `${draw.word()} lamps` }),

  async judge(lab, given) {
    // A name with marks that a careless chain tidies away or takes for a template.
    const name = `${lab.draw.name()} & ${lab.draw.name()} {est. 1904}`;
    const words = `As ${lab.draw.word()} as it gets.`;
    lab.wire.answer(({ place }) => (place === 1 ? name : words));

    const returned = await lab.call("slogan", given);

    lab.expectRequests(2);
    lab.expectSent(1, given.product, "The product is not in the first prompt.");
    lab.expectSent(
      2,
      name,
      "The second prompt does not contain the name as the model gave it.",
    );
    lab.expectReturned(returned, words, "the reply to the second prompt");
    if (lab.wire.requests[1]?.prompt.includes(given.product))
      lab.remark(
        "The second prompt repeats the product: the slogan needs only the name.",
      );
  },
};
