import type { Check, SeenRequest } from "../../src/workbook/check.ts";

interface Given {
  fact: string;
  questions: string[];
}

const MOST_WORD_FOR_WORD = 10;
const MOST_HIDDEN = 2;

export const check: Check<Given> = {
  milliseconds: 30_000,
  given: {
    fact: "I am allergic to latex",
    questions: [
      "I am allergic to latex. Can I come to have my blood taken?",
      "Must I come without breakfast?",
      "May I drink water before?",
      "Where do I park my car?",
      "Which floor is it on?",
      "Is there a lift?",
      "How long will it take?",
      "Can my daughter wait with me?",
      "Does it hurt?",
      "When will I hear of the result?",
      "Will you ring me, or write?",
      "What do I have to tell the nurse?",
    ],
  },
  draw(draw) {
    const fact = `I do not tolerate ${draw.word()}`;
    return {
      fact,
      questions: [
        `${fact}. Do you treat a ${draw.word()}?`,
        ...Array.from({ length: 11 }, () => `And what about ${draw.word()}?`),
      ],
    };
  },

  async judge(lab, { fact, questions }) {
    await lab.restart();
    const replies: string[] = [];
    lab.wire.answer(({ place }) => {
      const reply = `${lab.draw.name()} says ${lab.draw.word()}.`;
      replies[place - 1] = reply;
      return reply;
    });
    /** The calls whose reply went to the patient. */
    const answering: SeenRequest[] = [];
    /** The calls that were shown the fact, or a summary that one of them wrote. */
    const knowing: SeenRequest[] = [];
    const said: string[] = [];

    for (const [at, question] of questions.entries()) {
      const before = lab.wire.requests.length;
      const returned = await lab.call("answer", { question });

      const place = replies.indexOf(String(returned).trim()) + 1;
      const sent = lab.wire.requests.slice(before);
      const asked = sent.find((one) => one.place === place);
      lab.expect(
        typeof returned === "string" && sent.length > 0,
        sent.length === 0
          ? `No request was sent for question ${at + 1}.`
          : "Your function did not return a text.",
      );
      lab.expect(
        asked?.prompt.includes(question) === true,
        `What your function returned for question ${at + 1} is not the reply to it.`,
      );
      if (asked === undefined) return;
      answering.push(asked);
      for (const request of sent) if (knows(request)) knowing.push(request);

      const hidden = lab.wire.requests.length - answering.length;
      lab.expect(
        hidden <= MOST_HIDDEN,
        `${hidden} hidden calls by turn ${at + 1}, and ${MOST_HIDDEN} are the most in twelve turns.`,
        { request: lab.wire.requests.length },
      );
      const wordForWord = said.filter((text) => asked.prompt.includes(text));
      lab.expect(
        wordForWord.length <= MOST_WORD_FOR_WORD,
        `The prompt of question ${at + 1} has ${wordForWord.length} earlier messages word for word, and ${MOST_WORD_FOR_WORD} are the most.`,
        { request: place, unwanted: wordForWord[0] },
      );
      for (const text of said.slice(-2))
        lab.expectSent(
          place,
          text,
          `The last exchange is not word for word in the prompt of question ${at + 1}.`,
        );
      const summaries = summariesThatKnow();
      lab.expect(
        knows(asked),
        `What the patient told at first is lost in question ${at + 1}. ${
          summaries.length === 0
            ? "There is no summary that knows it."
            : "A summary knows it, and is not in this prompt."
        }`,
        { request: place, missing: summaries.at(-1) ?? fact },
      );
      said.push(question, returned as string);
    }

    function knows({ prompt }: SeenRequest): boolean {
      return [fact, ...summariesThatKnow()].some((one) => prompt.includes(one));
    }

    /** Word for word: what is in them, only a model could say. */
    function summariesThatKnow(): string[] {
      return knowing
        .filter((one) => !answering.includes(one))
        .map(({ place }) => replies[place - 1] ?? "");
    }
  },
};
