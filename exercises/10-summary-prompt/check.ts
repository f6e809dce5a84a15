import type { Check, SeenRequest } from "../../src/workbook/check.ts";

interface Given {
  orderNumber: string;
  questions: string[];
}

/** Words by which a prompt asks for order numbers. */
const ASKS =
  /\b(orders?|order.?ids?|numbers?|codes?|digits?|figures?|ids?|identifiers?|references?|facts|verbatim|word for word|literally|exact(ly)?)\b/i;

export const check: Check<Given> = {
  milliseconds: 30_000,
  given: {
    orderNumber: "KX-4711",
    questions: [
      "Good morning! My order is KX-4711, a table of oak.",
      "Is oak hard to care for?",
      "My cat likes to sharpen her claws.",
      "It is raining here, and with you?",
      "Do you have a shop in Bremen?",
      "Can I bring my dog there?",
      "He is a big one, you know.",
      "When will my order come?",
    ],
  },
  draw(draw) {
    const orderNumber = draw.code();
    const talk = Array.from(
      { length: draw.integer(6, 8) },
      () => `Do you like the ${draw.word()} of ${draw.name()}?`,
    );
    talk.splice(draw.integer(0, 1), 0, `I ordered ${orderNumber}.`);
    return {
      orderNumber,
      questions: [...talk, `Will it be ${draw.word()}?`],
    };
  },

  async judge(lab, { orderNumber, questions }) {
    await lab.restart();
    const told = questions.findIndex((one) => one.includes(orderNumber));
    const said: string[] = [];
    // A model that leaves out what it is not asked for. What it replies to a question is the same
    // kind of text: how should it know which of its calls writes a summary?
    lab.wire.answer((request) => {
      const keeps = knows(request) && ASKS.test(instruction(request));
      const sentence = `They talk of ${lab.draw.word()} and ${lab.draw.word()}.`;
      const reply = keeps ? `${sentence} Order ${orderNumber}.` : sentence;
      said.push(reply);
      return reply;
    });
    const knows = ({ prompt }: SeenRequest) => prompt.includes(orderNumber);
    /** A prompt without what was said in the talk. */
    const instruction = ({ prompt }: SeenRequest) =>
      [...questions, ...said].reduce(
        (left, text) => left.replaceAll(text, " "),
        prompt,
      );

    let lastHidden: SeenRequest | undefined;
    let before = 0;
    for (const [at, question] of questions.entries()) {
      const returned = await lab.call("answer", { question });
      const sent = lab.wire.requests.slice(before);
      before = lab.wire.requests.length;

      lab.expect(
        sent.length > 0,
        `No request was sent for question ${at + 1}.`,
      );
      lab.expect(
        sent.length <= 2,
        `${sent.length} requests were sent for one question, and two are the most: the question, and one hidden call.`,
      );
      lab.expect(
        typeof returned === "string",
        "Your function did not return a text.",
      );
      const answers = sent.filter(({ prompt }) => prompt.includes(question));
      const [asked] = answers;
      lab.expect(
        asked !== undefined,
        `Question ${at + 1} is not in the prompt.`,
        { request: before, missing: question },
      );
      const request = asked?.place ?? before;
      lab.expect(
        answers.some(
          ({ place }) => said[place - 1] === String(returned).trim(),
        ),
        "Your function did not return the reply to the question.",
      );
      for (const old of questions.slice(0, Math.max(0, at - 4)))
        for (const { place } of sent)
          lab.expectUnsent(
            place,
            old,
            "An exchange older than the last four was sent: the summary stands for it.",
          );
      lab.expect(
        at < told || (asked !== undefined && knows(asked)),
        whyLost(at),
        { request, missing: orderNumber },
      );
      lastHidden = sent.find((one) => one !== asked) ?? lastHidden;
    }

    /** Why the prompt of a question lacks the number. */
    function whyLost(at: number): string {
      const lost = `The order number is not in the prompt of question ${at + 1}`;
      if (lastHidden === undefined)
        return `${lost}: there was no hidden call that writes a summary.`;
      const summary = said[lastHidden.place - 1] ?? "";
      if (!knows(lastHidden))
        return `${lost}: the summary so far is not in the prompt that writes the next one.`;
      if (!ASKS.test(instruction(lastHidden)))
        return `${lost}: the summary left it out, because the prompt that wrote it does not ask for it.`;
      const isSent = lab.wire.requests.some((one) =>
        one.prompt.includes(summary),
      );
      return isSent
        ? `${lost}: an older summary was lost.`
        : `${lost}: the summary was never sent.`;
    }
  },
};
