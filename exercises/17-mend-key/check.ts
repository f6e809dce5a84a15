import type { Check } from "../../src/workbook/check.ts";

interface Given {
  review: string;
}

export const check: Check<Given> = {
  given: { review: "Die Teekanne ist schön, aber der Deckel tropft." },
  draw: (draw) => ({
    review: `Der ${draw.word()} von ${draw.name()} kam zu spät.`,
  }),

  async judge(lab, given) {
    const english = `The ${lab.draw.word()} is fine, the ${lab.draw.word()} is not.`;
    const summary = `A complaint about the ${lab.draw.word()}.`;
    const answer = `Es tut uns leid: ${lab.draw.word()}.`;
    const replies = [english, summary, answer];
    lab.wire.answer(({ place }) => replies[place - 1] ?? "Too many requests.");

    const returned = await lab.call("reply", given);

    for (const { place } of lab.wire.requests)
      lab.expectUnsent(
        place,
        "undefined",
        `Prompt ${place} contains "undefined": a key that it reads was never set.`,
      );
    lab.expectRequests(3);
    lab.expectSent(1, given.review, "The review is not in the first prompt.");
    lab.expectSent(2, english, "The translation is not in the second prompt.");
    lab.expectSent(3, summary, "The summary is not in the third prompt.");
    lab.expectSent(
      3,
      given.review,
      "The review in the customer's own words is not in the third prompt.",
    );
    lab.expectReturned(returned, answer, "the reply to the third prompt");
  },
};
