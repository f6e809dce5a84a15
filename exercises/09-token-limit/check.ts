import { InMemoryChatMessageHistory } from "@langchain/core/chat_history";
import type { Check, Draw, Lab } from "../../src/workbook/check.ts";

interface Given {
  limit: number;
  questions: string[];
}

/** Hands out a new array each time, as a history on a database does. */
class CopyingHistory extends InMemoryChatMessageHistory {
  override async getMessages() {
    return [...(await super.getMessages())];
  }
}

const HISTORIES = [
  ["in the program", InMemoryChatMessageHistory],
  ["like a database's", CopyingHistory],
] as const;

const TURNS = 12;

/** Words and marks: what they are together is what each is alone. */
const countTokens = (text: string) => text.match(/\w+|[^\w\s]/g)?.length ?? 0;

export const check: Check<Given> = {
  milliseconds: 30_000,
  given: {
    limit: 60,
    questions: [
      "When do I plant tulips?",
      "How deep do the bulbs go, and how far apart from each other?",
      "Do mice eat them?",
      "And what do I do about it without any poison?",
      "Which roses like the shade?",
      "Do you have them?",
      "What does a sack of soil cost, and do you bring it to the house?",
      "Is it without peat?",
      "Can I plant lavender in it?",
      "How often do I water it in summer, if it stands in a pot?",
      "Do you take pots back?",
      "What did I ask first?",
    ],
  },
  draw: (draw) => ({
    limit: draw.integer(50, 80),
    questions: Array.from(
      { length: TURNS },
      () => `Where grows ${sentence(draw, draw.integer(3, 12))}?`,
    ),
  }),

  async judge(lab, { limit, questions }) {
    for (const [kind, History] of HISTORIES)
      await judgeWith(lab, `a history ${kind}`, new History(), {
        limit,
        questions,
      });
  },
};

async function judgeWith(
  lab: Lab,
  kind: string,
  history: InMemoryChatMessageHistory,
  { limit, questions }: Given,
): Promise<void> {
  const { draw, wire } = lab;
  await lab.restart();
  const before = wire.requests.length;
  // One reply is so long that nothing fits in beside it.
  const replies = questions.map((_, at) =>
    sentence(draw, at === 5 ? limit : draw.integer(4, 18)),
  );
  wire.answer(({ place }) => replies[place - before - 1] ?? "");
  const said: string[] = [];

  for (const [at, question] of questions.entries()) {
    const returned = await lab.call("answer", {
      history,
      limit,
      countTokens,
      question,
    });

    const request = before + at + 1;
    lab.expect(
      wire.requests.length === request,
      `${wire.requests.length - before} requests were sent for ${at + 1} questions.`,
    );
    const prompt = wire.requests[request - 1]?.prompt ?? "";
    const tokens = countTokens(prompt);
    lab.expect(
      tokens <= limit,
      `With ${kind}, the prompt of question ${at + 1} has ${tokens} tokens, and the limit is ${limit}.`,
      { request },
    );
    lab.expectSent(request, question, "The question is not in the prompt.");

    const isSent = said.map((text) => prompt.includes(text));
    const newest = isSent.lastIndexOf(false);
    const older = isSent.indexOf(true);
    lab.expect(
      older < 0 || older > newest,
      `The prompt of question ${at + 1} has an old message, and a newer one was left out: there is a gap.`,
      { request, missing: said[newest] },
    );
    const cut = said[newest];
    const end = cut?.split(" ").slice(-2).join(" ");
    lab.expect(
      end === undefined || !prompt.includes(end),
      "A part of a message was sent: send messages whole.",
      { request, unwanted: end },
    );
    // Names before the lines take some room too.
    const exchange = said.slice(newest - (newest % 2), newest + 1);
    const room = limit - tokens - countTokens(exchange.join(" ")) - 8;
    lab.expect(
      newest < 0 || room < 0,
      `There was room for ${limit - tokens} more tokens in the prompt of question ${at + 1}, and the exchange before takes ${countTokens(exchange.join(" "))}.`,
      { request, missing: exchange.join("\n") },
    );

    lab.expectReturned(returned, replies[at] ?? "");
    const kept = (await history.getMessages()).map(({ text }) => text);
    const [asked, reply] = kept.slice(-2);
    lab.expect(
      kept.includes(question),
      "The question was not added to `history`.",
    );
    lab.expect(
      kept.includes(replies[at] ?? ""),
      "The reply was not added to `history`.",
    );
    lab.expect(
      asked === question && reply === replies[at],
      "The question and its reply are not the last two messages of `history`.",
    );
    said.push(question, replies[at] ?? "");
  }
}

/** A sentence of made-up words, so that no two are alike. */
function sentence(draw: Draw, words: number): string {
  return Array.from({ length: words }, () => draw.word()).join(" ");
}
