import type { Check } from "../../src/workbook/check.ts";

interface Given {
  facts: string[];
  later: string;
  othersFact: string;
  thread: string;
}

const SIDES = ["left", "right"] as const;

export const check: Check<Given> = {
  given: {
    facts: [
      "A bad left knee.",
      "Runs on Sundays.",
      "Works standing.",
      "Had a hip replaced in 2019.",
      "Sleeps badly.",
      "Does not take ibuprofen.",
      "Prefers mornings.",
      "Speaks Danish.",
      "Plays the violin.",
      "Cannot lie on the back.",
      "Has two small children.",
      "Comes by bicycle.",
    ],
    later: "The right shoulder is stiff.",
    othersFact: "A slipped disc.",
    thread: "monday",
  },
  draw: (draw) => ({
    facts: Array.from(
      { length: draw.integer(11, 14) },
      () => `A ${draw.pick(SIDES)} ${draw.word()} that aches.`,
    ),
    later: `Sees Dr ${draw.name()}.`,
    othersFact: `Takes ${draw.word()}.`,
    thread: draw.word(),
  }),

  async judge(lab, { facts, later, othersFact, thread }) {
    await lab.restart();
    const replies = Array.from({ length: 8 }, () => `Yes: ${lab.draw.word()}.`);
    lab.wire.answer(({ place }) => replies[place - 1] ?? "");
    // Names that are easily mistaken for each other.
    const [one, other] = ["patient-1", "patient"] as const;
    const questions: string[] = [];
    const ask = async (user: string, thread: string) => {
      const question = `May I ask about the ${lab.draw.word()}?`;
      questions.push(question);
      const returned = await lab.call("answer", { user, thread, question });
      const place = questions.length;
      lab.expectRequests(place);
      lab.expectSent(place, question, "The question is not in the prompt.");
      lab.expectReturned(returned, replies[place - 1] ?? "");
      return place;
    };
    const expectFacts = (place: number, where: string) => {
      for (const [at, fact] of facts.entries())
        lab.expectSent(
          place,
          fact,
          `Fact ${at + 1} of ${facts.length} is not in the prompt ${where}.`,
        );
    };
    const expectNothingOf = (place: number, told: string[]) => {
      for (const fact of told)
        lab.expectUnsent(
          place,
          fact,
          "A fact about one user is in the prompt of another.",
        );
    };

    for (const fact of facts) await lab.call("remember", { user: one, fact });
    const first = await ask(one, thread);
    expectFacts(first, "of the user's first thread");

    const second = await ask(one, `${thread} 2`);
    expectFacts(second, "of the user's second thread");
    lab.expectUnsent(
      second,
      questions[0] ?? "",
      "A question of another thread is in the prompt.",
    );

    const third = await ask(other, thread);
    expectNothingOf(third, facts);
    for (const text of [questions[0] ?? "", replies[0] ?? ""])
      lab.expectUnsent(
        third,
        text,
        "Two users called their threads the same, and one reads what the other wrote.",
      );

    // With a dash between the two, patient-1 and x are patient and 1-x.
    const fourth = await ask(other, `1-${thread}`);
    for (const text of [questions[0] ?? "", replies[0] ?? ""])
      lab.expectUnsent(
        fourth,
        text,
        "A message of one user is in the prompt of another, whose user and thread make the same key.",
      );

    await lab.call("remember", { user: other, fact: othersFact });
    const fifth = await ask(other, `${thread} 3`);
    lab.expectSent(
      fifth,
      othersFact,
      "The second user's own fact is not in the prompt.",
    );
    expectNothingOf(fifth, facts);

    await lab.call("remember", { user: one, fact: later });
    const sixth = await ask(one, thread);
    expectNothingOf(sixth, [othersFact]);
    for (const text of [questions[0] ?? "", replies[0] ?? ""])
      lab.expectSent(
        sixth,
        text,
        "The thread's earlier messages are not in the prompt.",
      );
    lab.expectSent(
      sixth,
      later,
      "A fact that was told later is not in the prompt of a thread that had begun before.",
    );
    expectFacts(sixth, "of a thread that goes on");
  },
};
