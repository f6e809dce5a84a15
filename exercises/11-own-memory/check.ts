import type { Check } from "../../src/workbook/check.ts";

interface Given {
  pinned: string[];
  questions: string[];
}

const SUBSTANCES = [
  "penicillin",
  "nuts",
  "latex",
  "aspirin",
  "lactose",
  "iodine",
] as const;

export const check: Check<Given> = {
  given: {
    pinned: ["Allergic to penicillin.", "Allergic to nuts."],
    questions: [
      "Do you have plasters?",
      "Is the cough syrup sweet?",
      "When do you close?",
      "Can I pay by card?",
      "Is there a bus stop near you?",
    ],
  },
  draw: (draw) => ({
    pinned: draw
      .some(SUBSTANCES, draw.integer(1, 3))
      .map((one) => `Allergic to ${one}.`),
    questions: Array.from({ length: 5 }, () => `Do you sell ${draw.word()}?`),
  }),

  async judge(lab, { pinned, questions }) {
    // The input before this one has left its exchanges in the learner's module.
    await lab.restart();
    const replies = questions.map(() => `Reply: ${lab.draw.word()}.`);
    lab.wire.answer(({ place }) => replies[(place - 1) % replies.length] ?? "");
    const model = { pinned };

    for (const [at, question] of questions.entries()) {
      const returned = await lab.call("answer", { ...model, question });
      const request = at + 1;
      lab.expectRequests(request);
      lab.expectSent(request, question, "The question is not in the prompt.");
      for (const fact of pinned)
        lab.expectSent(
          request,
          fact,
          `A pinned fact is missing from the prompt of question ${request}.`,
        );
      for (const earlier of [at - 1, at - 2].filter((place) => place >= 0)) {
        lab.expectSent(
          request,
          questions[earlier] ?? "",
          `The prompt of question ${request} lacks question ${earlier + 1}: send the last two exchanges.`,
        );
        lab.expectSent(
          request,
          replies[earlier] ?? "",
          `The prompt of question ${request} lacks the reply to question ${earlier + 1}.`,
        );
      }
      for (const old of questions.slice(0, Math.max(0, at - 2)))
        lab.expectUnsent(
          request,
          old,
          "An exchange older than the last two was sent.",
        );
      lab.expectReturned(returned, replies[at] ?? "");
    }

    await lab.call("clear", {});
    await lab.call("answer", { ...model, question: "Good morning!" });
    const last = questions.length + 1;
    lab.expectRequests(last);
    for (const question of questions)
      lab.expectUnsent(
        last,
        question,
        "After `clear` an earlier question was still sent.",
      );
    for (const reply of replies)
      lab.expectUnsent(
        last,
        reply,
        "After `clear` an earlier reply was still sent.",
      );
    for (const fact of pinned)
      lab.expectSent(
        last,
        fact,
        "After `clear` a pinned fact is missing from the prompt.",
      );
  },
};
