import type { Check } from "../../src/workbook/check.ts";

interface Given {
  question: string;
}

export const check: Check<Given> = {
  models: {},
  given: { question: "Is the blue teapot dishwasher-safe?" },
  draw: (draw) => ({
    question: `Do you ship the ${draw.word()} to ${draw.name()}?`,
  }),

  async judge(lab, given) {
    const reply = `Yes, it is: ${lab.draw.word()}.`;
    lab.wire.answer(() => reply);

    const returned = await lab.call("answer", given);

    lab.expectRequests(1);
    lab.expectSent(1, given.question, "The question is not in the prompt.");
    lab.expectReturned(returned, reply);
  },
};
