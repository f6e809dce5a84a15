import type { Check } from "../../src/workbook/check.ts";

interface Given {
  threads: [string, string];
  rooms: [string, string];
}

export const check: Check<Given> = {
  given: {
    threads: ["room-12", "room-13"],
    rooms: ["a cot for the baby", "a late breakfast"],
  },
  draw: (draw) => ({
    // A guest may type anything as a name, also what is no name of a file.
    threads: [
      `${draw.name()} & ${draw.name()}`,
      `${draw.name()}/${draw.code()}`,
    ],
    rooms: [`a ${draw.word()}`, `the ${draw.word()}`],
  }),

  async judge(lab, { threads: [one, other], rooms: [wish, otherWish] }) {
    await lab.restart();
    const replies = Array.from(
      { length: 5 },
      () => `Noted: ${lab.draw.word()}.`,
    );
    lab.wire.answer(({ place }) => replies[place - 1] ?? "");
    const ask = (thread: string, question: string) =>
      lab.call("answer", { folder: lab.folder, thread, question });

    const returned = await ask(one, `We need ${wish}.`);
    lab.expectRequests(1);
    lab.expectReturned(returned, replies[0] ?? "");
    await ask(other, `I would like ${otherWish}.`);
    lab.expectUnsent(
      2,
      wish,
      "What one guest wrote is in the prompt of another.",
    );
    lab.expectUnsent(
      2,
      replies[0] ?? "",
      "A reply to one guest is in the prompt of another.",
    );
    await ask(one, "Did you note it?");
    lab.expectSent(
      3,
      wish,
      "The thread's earlier question is not in the prompt.",
    );
    lab.expectSent(
      3,
      replies[0] ?? "",
      "The thread's earlier reply is not in the prompt.",
    );

    await lab.restart();
    await ask(one, "Hello again!");
    lab.expectSent(
      4,
      wish,
      "After a restart the thread's first question is not in the prompt.",
    );
    lab.expectSent(
      4,
      replies[2] ?? "",
      "After a restart the thread's last reply is not in the prompt.",
    );
    lab.expectUnsent(
      4,
      otherWish,
      "After a restart another guest's message is in the prompt.",
    );
    await ask(other, "And mine?");
    lab.expectSent(5, otherWish, "After a restart the second thread is lost.");
    lab.expectUnsent(
      5,
      wish,
      "After a restart one guest's message is in the prompt of another.",
    );
    lab.expectRequests(5);
  },
};
