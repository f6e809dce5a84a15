import type { Check } from "../../src/workbook/check.ts";

interface Given {
  rules: string;
  question: string;
}

export const check: Check<Given> = {
  given: {
    rules: "You answer for the town library. Never promise that a book is in.",
    question: "Do you have a book about bees?",
  },
  draw: (draw) => ({
    rules: `You answer for the ${draw.name()} library. Greet with "${draw.word()}".`,
    question: `Can I borrow {${draw.word()}} for three weeks?`,
  }),

  async judge(lab, given) {
    const text = `Good day: ${lab.draw.word()}.`;
    lab.wire.answer(() => text);

    const returned = await lab.call("answer", given);

    lab.expectRequests(1);
    const messages = lab.wire.requests[0]?.messages ?? [];
    const [first] = messages;
    lab.expect(
      first?.role === "system" || first?.role === "developer",
      `The first message has the role "${first?.role ?? "none"}". The rules go first, as a system message.`,
      { request: 1 },
    );
    lab.expect(
      first?.text.includes(given.rules) === true,
      "The system message does not have the rules word for word.",
      { request: 1, missing: given.rules },
    );
    const last = messages.at(-1);
    lab.expect(
      last?.role === "user",
      `The last message has the role "${last?.role ?? "none"}". The question goes last, as a user message.`,
      { request: 1 },
    );
    lab.expect(
      last?.text.trim() === given.question,
      "The last message is not the question as it was asked, and nothing else.",
      { request: 1, missing: given.question },
    );
    lab.expectReturned(returned, text);
  },
};
