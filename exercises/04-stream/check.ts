import type { Check } from "../../src/workbook/check.ts";

interface Given {
  question: string;
}

export const check: Check<Given> = {
  given: { question: "Why is the ship in room 4 without a mast?" },
  draw: (draw) => ({
    question: `Who painted the ${draw.word()} of ${draw.name()}?`,
  }),

  async judge(lab, given) {
    const words = Array.from({ length: 12 }, () => lab.draw.word());
    // Line ends and runs of spaces are where a careless program loses something.
    const pieces = words.map((word, at) =>
      at % 5 === 3 ? `${word}.\n\n  ` : `${word} `,
    );
    const reply = `${pieces.join("")}(1904)`;
    const shown: unknown[] = [];
    const show = (piece: unknown) => {
      shown.push(piece);
    };
    const hasShown = () => shown.some((piece) => piece !== "");
    let isLate = false;
    lab.wire.answer(() => ({ pieces: slowly() }));

    async function* slowly() {
      yield* pieces;
      // The program has had all but the last piece, and some time to show one.
      for (let turn = 0; turn < 500 && !hasShown(); turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
      isLate ||= !hasShown();
      yield "(1904)";
    }

    const returned = await lab.call("answer", { ...given, show });

    lab.expectRequests(1);
    lab.expectSent(1, given.question, "The question is not in the prompt.");
    lab.expect(
      lab.wire.requests[0]?.isStream === true,
      "The request does not ask for a stream: the reply comes as a whole.",
    );
    lab.expect(shown.length > 0, "`show` was never called.");
    const odd = shown.find((piece) => typeof piece !== "string");
    lab.expect(
      odd === undefined,
      `\`show\` was called with ${odd === null ? "null" : `an ${typeof odd}`}, and a text was expected.`,
    );
    lab.expect(
      !isLate,
      "Nothing was shown in time: the reply had ended before its first piece was shown.",
    );
    const joined = shown.join("");
    lab.expect(
      joined.trim() === reply,
      `The pieces that were shown, joined, are ${begin(joined)}, and the reply is ${begin(reply)}.`,
    );
    lab.expectReturned(returned, reply);
  },
};

/** The beginning of a text, in quotes. */
const begin = (text: string) =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
