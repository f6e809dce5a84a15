import type { Check, Draw } from "../../src/workbook/check.ts";

interface Given {
  contract: string;
  questions: Record<string, string>;
}

export const check: Check<Given> = {
  given: {
    contract:
      "The supplier delivers 400 chairs. Notice is three months. Price {net}: 48 a piece.",
    questions: {
      notice: "Until when can it be cancelled?",
      price: "What does it cost in all?",
      transport: "Who pays for the transport?",
    },
  },
  draw: (draw: Draw) => ({
    contract: `${draw.name()} delivers {${draw.word()}} to ${draw.name()} under ${draw.code()}.`,
    questions: Object.fromEntries(
      Array.from({ length: draw.integer(3, 5) }, () => [
        draw.word(),
        `What does it say about ${draw.word()}?`,
      ]),
    ),
  }),

  async judge(lab, given) {
    const names = Object.keys(given.questions);
    const count = names.length;
    const replies = Object.fromEntries(
      names.map((name) => [name, `It says ${lab.draw.word()}.`]),
    );
    // The last one would hide names that have moved up by a place.
    const bad = lab.draw.pick(names.slice(0, -1));
    let isBad = false;
    let sentBefore = 0;
    lab.wire.answer(async ({ prompt }) => {
      await lab.wire.arrived(sentBefore + count);
      const name = names.find((one) =>
        prompt.includes(given.questions[one] ?? ""),
      );
      if (isBad && name === bad) return { status: 500 };
      return replies[name ?? ""] ?? "I was asked nothing.";
    });

    const whole = await lab.call("review", given);
    const first = lab.wire.events.findIndex(({ event }) => event === "reply");
    const early = lab.wire.events
      .slice(0, Math.max(first, 0))
      .filter(({ event }) => event === "request").length;
    lab.expect(
      lab.wire.requests.length < count || early === count,
      `When the first reply came, ${early} of ${count} requests had been sent: a call waits for another.`,
    );
    lab.expectRequests(count);
    for (const [at, name] of names.entries()) {
      const request = lab.wire.requests.find(({ prompt }) =>
        prompt.includes(given.questions[name] ?? ""),
      );
      lab.expect(
        request !== undefined,
        `No prompt has the question of \`${name}\`.`,
        { request: at + 1, missing: given.questions[name] },
      );
      lab.expectSent(
        request?.place ?? 0,
        given.contract,
        `The prompt of \`${name}\` does not have the contract.`,
      );
    }
    const { answers, failed } = findingsIn(whole);
    lab.expect(
      answers !== undefined && failed !== undefined,
      "Your function did not return an object with `answers` and `failed`, which is a list.",
    );
    for (const name of names)
      lab.expect(
        answers?.[name] === replies[name],
        `No call failed, and \`answers.${name}\` is ${shown(answers?.[name])}; the reply to its question was ${shown(replies[name])}.`,
      );
    lab.expect(
      failed?.length === 0,
      `No call failed, and \`failed\` is ${shown(failed)}.`,
    );

    isBad = true;
    sentBefore = count;
    const partly = findingsIn(await lab.call("review", given));
    lab.expectRequests(2 * count);
    for (const name of names.filter((one) => one !== bad))
      lab.expect(
        partly.answers?.[name] === replies[name],
        `The call of \`${bad}\` failed, and \`answers.${name}\` is ${shown(partly.answers?.[name])}; the reply to its question was ${shown(replies[name])}.`,
      );
    lab.expect(
      partly.failed?.length === 1 && partly.failed[0] === bad,
      `The call of \`${bad}\` failed, and \`failed\` is ${shown(partly.failed)}.`,
    );
    lab.expect(
      !Object.hasOwn(partly.answers ?? {}, bad),
      `The call of \`${bad}\` failed, and \`answers\` has an entry for it all the same.`,
    );
  },
};

function findingsIn(returned: unknown): {
  answers?: Record<string, unknown>;
  failed?: unknown[];
} {
  const { answers, failed } = Object(returned);
  return {
    answers: typeof answers === "object" && answers ? answers : undefined,
    failed: Array.isArray(failed) ? failed : undefined,
  };
}

const shown = (value: unknown) => JSON.stringify(value) ?? "undefined";
