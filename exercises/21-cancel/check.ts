import type { Check } from "../../src/workbook/check.ts";

interface Given {
  article: string;
  language: string;
}

export const check: Check<Given> = {
  given: {
    article: "The town has bought {nine} buses that run on hydrogen.",
    language: "Italian",
  },
  draw: (draw) => ({
    article: `${draw.name()} has opened a {${draw.word()}} in ${draw.name()}.`,
    language: draw.pick(["Italian", "Finnish", "Welsh", "Greek"]),
  }),

  async judge(lab, given) {
    const texts = [lab.draw.word(), lab.draw.word()].map(
      (word) => `They have a new ${word}.`,
    );
    let before = 0;
    let stopAt: number | undefined;
    let page = new AbortController();
    lab.wire.answer(async ({ place }) => {
      const call = place - before;
      if (call === stopAt) {
        page.abort();
        await someTurns();
      }
      return texts[call - 1] ?? "I was asked once too often.";
    });

    const input = { ...given, signal: page.signal };
    const returned = await lab.call("summarise", input);
    lab.expectRequests(2);
    lab.expectSent(1, given.article, "The article is not in the first prompt.");
    lab.expectSent(
      2,
      texts[0] ?? "",
      "The summary is not in the second prompt.",
    );
    lab.expectReturned(returned, texts[1] ?? "", "the translation");

    for (const call of [1, 2]) {
      before = lab.wire.requests.length;
      stopAt = call;
      page = new AbortController();
      const error = await lab.fails("summarise", {
        ...given,
        signal: page.signal,
      });
      await someTurns();
      const request = before + call;
      const sent = lab.wire.requests.length - before;
      lab.expect(
        sent <= call,
        `Stop was pressed during call ${call}, and another prompt was sent all the same.`,
        { request: request + 1 },
      );
      lab.expect(
        lab.wire.events.some(
          (one) => one.event === "closed" && one.request === request,
        ),
        `Stop was pressed during call ${call}, and its connection stayed open: the model writes on, and you pay.`,
      );
      lab.expect(
        error !== undefined,
        `Stop was pressed during call ${call}, and your function threw no error.`,
      );
    }

    stopAt = undefined;
    before = lab.wire.requests.length;
    const error = await lab.fails("summarise", {
      ...given,
      signal: AbortSignal.abort(),
    });
    lab.expect(
      lab.wire.requests.length === before && error !== undefined,
      "Stop was pressed before your function was called: it must throw, and send nothing.",
    );
  },
};

/** Time for what follows from an abort, without a clock. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}
