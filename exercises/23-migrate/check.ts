import type { Check } from "../../src/workbook/check.ts";

interface Given {
  questions: string[];
}

export const check: Check<Given> = {
  given: {
    questions: [
      "Avez-vous {Candide}?",
      "Puis-je le garder trois semaines?",
      "Et où est la salle de lecture?",
      "À quelle heure fermez-vous?",
    ],
  },
  draw: (draw) => ({
    questions: Array.from(
      { length: 4 },
      () => `Avez-vous {${draw.word()}} de ${draw.name()}?`,
    ),
  }),

  async judge(lab, { questions }) {
    const [imported] = classicImports(lab.source);
    lab.expect(imported === undefined, `Your file still imports ${imported}.`);
    // The input before this one has left its exchanges in the learner's module.
    await lab.restart();

    const exchanges: string[] = [];
    for (const [at, question] of questions.entries()) {
      const english = `Do you have {${lab.draw.word()}}?`;
      const pieces = [lab.draw.word(), ` ${lab.draw.word()}`, " {is} there."];
      const reply = pieces.join("");
      const shown: unknown[] = [];
      let isShownEarly = false;
      async function* desk() {
        for (const piece of pieces) {
          await someTurns(() => shown.join("") !== "");
          isShownEarly ||= shown.join("") !== "";
          yield piece;
        }
      }
      lab.wire.answer(({ place }) =>
        place % 2 === 1 ? english : { pieces: desk() },
      );

      const show = (piece: unknown) => shown.push(piece);
      const returned = await lab.call("answer", { question, show });

      const expected = [
        `Translate into English:\n${question}`,
        `You sit at the desk of a public library.\n\n${exchanges.slice(-2).join("\n")}\nHuman: ${english}\nAI:`,
      ];
      const sent = lab.wire.requests.slice(2 * at);
      lab.expect(
        sent.length === 2,
        `Question ${at + 1} took ${sent.length} requests; the classic program sends 2.`,
      );
      for (const [index, text] of expected.entries()) {
        const { messages = [], place = 0 } = sent[index] ?? {};
        lab.expect(
          messages.length === 1 && messages[0]?.role === "user",
          `Prompt ${place} has the roles ${messages.map(({ role }) => role).join(", ")}; the classic program sends one text, as user.`,
          { request: place },
        );
        lab.expect(
          messages[0]?.text === text,
          `Prompt ${place} is not what the classic program sends: ${whereOf(messages[0]?.text ?? "", text)}`,
          { request: place },
        );
      }
      lab.expectReturned(returned, reply, "the desk's reply");
      lab.expect(
        shown.join("") === reply,
        `What you handed to \`show\` joins to ${JSON.stringify(shown.join(""))}; the desk's reply was ${JSON.stringify(reply)}.`,
      );
      lab.expect(
        isShownEarly,
        "Nothing was handed to `show` before the reply had come to its end: it does not stream.",
      );
      exchanges.push(`Human: ${english}\nAI: ${reply}`);
    }
  },
};

/** What a file imports of the old packages; comments do not count. */
function classicImports(source: string): string[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
  const found = code.matchAll(
    /\b(?:from|import|require)\s*\(?\s*["']((?:@langchain\/classic|langchain\/(?:chains|memory))[^"']*)["']/g,
  );
  return [...found].map(([, name = ""]) => name);
}

/** Where two texts begin to differ, in a few characters of each. */
function whereOf(found: string, expected: string): string {
  let at = 0;
  while (at < expected.length && found[at] === expected[at]) at += 1;
  const from = Math.max(0, at - 12);
  const [one, other] = [found, expected].map((text) =>
    JSON.stringify(text.slice(from, at + 24)),
  );
  return `yours has ${one} where it has ${other}.`;
}

/** Time for a piece to come through, without a clock. */
async function someTurns(isThere: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !isThere(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}
