import type { Check, Lab, Reply } from "../../src/workbook/check.ts";

interface Given {
  question: string;
  date: string;
  count: number;
}

export const check: Check<Given> = {
  given: {
    question: "Have you got {two} seats together for the Tempest on Friday?",
    date: "2026-11-27",
    count: 2,
  },
  draw: (draw) => ({
    question: `Is there room for {${draw.word()}} on the day of ${draw.name()}?`,
    date: `2027-0${draw.integer(1, 9)}-${draw.integer(10, 28)}`,
    count: draw.integer(2, 9),
  }),
  milliseconds: 30_000,

  async judge(lab, given) {
    await looksUp(lab, given);
    await mends(lab, given);
    await stops(lab, given);
  },
};

/** One call of the tool, and the answer. */
async function looksUp(lab: Lab, { question, date, count }: Given) {
  const row = `Row ${lab.draw.integer(2, 30)}, ${lab.draw.word()} side.`;
  const reply = `Yes: ${lab.draw.word()}.`;
  const ran: unknown[][] = [];
  lab.wire.answer(({ place }) =>
    place === 1 ? calls({ date, count }) : reply,
  );
  const seats = async (...args: unknown[]) => {
    ran.push(args);
    return row;
  };

  const returned = await lab.call("answer", { question, seats });

  lab.expectSent(1, question, "The question is not in the prompt.");
  judgeSchema(lab);
  lab.expectRequests(2);
  lab.expect(
    JSON.stringify(ran) === JSON.stringify([[date, count]]),
    `The model asked for find_seats(${date}, ${count}) once, and \`seats\` was run with ${JSON.stringify(ran)}.`,
  );
  expectAnswered(lab, 2, "call_1_1", row, "the result of `seats`");
  lab.expectReturned(returned, reply, "the reply to the second prompt");
}

function judgeSchema(lab: Lab): void {
  const offered = lab.wire.requests[0]?.body.tools ?? [];
  const found = offered
    .map((one: { function?: object }) => Object(one.function))
    .find((one: { name?: string }) => one.name === "find_seats");
  lab.expect(
    found !== undefined,
    "The first request offers no tool `find_seats`.",
    { request: 1 },
  );
  const { properties, required } = Object(found.parameters);
  const kinds = { date: ["string"], count: ["integer", "number"] };
  for (const [name, types] of Object.entries(kinds)) {
    const { type } = Object(Object(properties)[name]);
    lab.expect(
      types.includes(type),
      type === undefined
        ? `The schema of find_seats has no \`${name}\`; expected one of type "${types[0]}".`
        : `The schema of find_seats has \`${name}\` as ${JSON.stringify(type)}; expected "${types[0]}".`,
    );
    lab.expect(
      Array.isArray(required) && required.includes(name),
      `The schema of find_seats does not require \`${name}\`.`,
    );
  }
}

/** Two calls in one reply: one has a word where a number belongs. */
async function mends(lab: Lab, { question, date, count }: Given) {
  const before = lab.wire.requests.length;
  const reply = `No: ${lab.draw.word()}.`;
  const row = `Row ${lab.draw.integer(2, 30)}, ${lab.draw.word()} side.`;
  const ran: unknown[][] = [];
  lab.wire.answer(({ place }) =>
    place === before + 1
      ? {
          calls: [
            { name: "find_seats", arguments: { date, count: "a few" } },
            { name: "find_seats", arguments: { date, count } },
          ],
        }
      : reply,
  );
  const seats = async (...args: unknown[]) => {
    ran.push(args);
    return row;
  };

  const returned = await lab.call("answer", { question, seats });

  lab.expect(
    !ran.some(([, second]) => typeof second !== "number" || second !== count),
    `The model asked for "a few" seats, and \`seats\` was run with ${JSON.stringify(ran[0])}.`,
  );
  const [request, id] = [before + 2, `call_${before + 1}_`];
  expectAnswered(
    lab,
    request,
    `${id}1`,
    "count",
    "the name of the bad argument",
  );
  expectAnswered(lab, request, `${id}2`, row, "the result of `seats`");
  lab.expectReturned(returned, reply, "the reply after both calls");
}

/** A model that never has enough. */
async function stops(lab: Lab, { question, count }: Given) {
  const before = lab.wire.requests.length;
  lab.wire.answer(({ place }) => {
    const round = place - before;
    // Whoever has no limit shall get to an end all the same.
    if (round > 8) return "I give up.";
    return calls({ date: `2028-01-0${round}`, count });
  });
  const error = await lab.fails("answer", {
    question,
    seats: async () => "None.",
  });
  const rounds = lab.wire.requests.length - before;
  lab.expect(
    rounds === 5,
    `The model asked for the tool again and again, and was asked ${rounds === 1 ? "once" : `${rounds} times`}; expected: 5 times.`,
  );
  lab.expect(
    error !== undefined,
    "After five rounds without an answer, your function threw no error.",
  );
}

const calls = (given: object): Reply => ({
  calls: [{ name: "find_seats", arguments: given }],
});

/** The message that answers a call must be there, and have a text. */
function expectAnswered(
  lab: Lab,
  request: number,
  id: string,
  text: string,
  what: string,
): void {
  const { messages = [] } = lab.wire.requests[request - 1] ?? {};
  const asked = messages.findIndex(({ calls }) =>
    calls.some((one) => one.id === id),
  );
  const answered = messages.findIndex(
    ({ role, callId }) => role === "tool" && callId === id,
  );
  lab.expect(
    asked >= 0 && answered > asked,
    asked < 0
      ? `Prompt ${request} lacks the model's own message, which asks for the tool.`
      : `Prompt ${request} has no tool message for the call ${id}.`,
    { request },
  );
  lab.expect(
    messages[answered]?.text.includes(text) === true,
    `The tool message for the call ${id} is ${JSON.stringify(messages[answered]?.text)}; it must have ${what}.`,
    { request, missing: text },
  );
}
