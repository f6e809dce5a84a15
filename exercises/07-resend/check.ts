import type { Check } from "../../src/workbook/check.ts";

interface Given {
  first: string;
  second: string;
}

export const check: Check<Given> = {
  given: {
    first: "My name is Ada. Which town by the sea is quiet in May?",
    second: "How do I get there?",
  },
  draw: (draw) => ({
    first: `I am ${draw.name()}. Where is the {${draw.word()}} festival?`,
    second: `Is ${draw.word()} far from there?`,
  }),

  async judge(lab, given) {
    const proposal = `Try ${lab.draw.name()}, ${lab.draw.word()} and {all}.`;
    const way = `Take the ${lab.draw.word()} line.`;
    lab.wire.answer(({ place }) => (place === 1 ? proposal : way));

    const returned = await lab.call("answer", given);

    lab.expectRequests(2);
    lab.expectSent(
      1,
      given.first,
      "The first question is not in the first prompt.",
    );
    lab.expectSent(
      2,
      given.first,
      "The second prompt lacks the first message: the model does not know the name.",
    );
    lab.expectSent(
      2,
      proposal,
      "The second prompt lacks the first reply: the model does not know what it proposed.",
    );
    lab.expectSent(
      2,
      given.second,
      "The second question is not in the second prompt.",
    );
    const messages = lab.wire.requests[1]?.messages ?? [];
    const placeOf = (text: string) =>
      messages.findIndex((one) => one.text.includes(text));
    const [first, reply, second] = [given.first, proposal, given.second].map(
      placeOf,
    ) as [number, number, number];
    lab.expect(
      first < reply && reply < second,
      "The messages are not in the order in which they were said, each as a message of its own.",
      { request: 2 },
    );
    const roles = [first, reply, second].map((at) => messages[at]?.role);
    lab.expect(
      roles.join() === "user,assistant,user",
      `The three messages have the roles ${roles.join(", ")}; expected user, assistant, user.`,
      { request: 2 },
    );
    lab.expectReturned(returned, way, "the second reply");
  },
};
