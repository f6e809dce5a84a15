import type { Check, Lab } from "../../src/workbook/check.ts";

interface Given {
  report: string;
}

const SPARE = "offline-spare";

const headers = { "retry-after": "0" };
const BUSY = { status: 429, headers };
const DOWN = { status: 503, headers };
const DENIED = { status: 401 };

export const check: Check<Given> = {
  models: { model: {}, spare: { model: SPARE } },
  given: { report: "Haemoglobin {Hb} 9.1 g/dl, ferritin 7 µg/l." },
  draw: (draw) => ({
    report: `${draw.code()}: {${draw.word()}} ${draw.integer(2, 90)} mg/l.`,
  }),

  async judge(lab, given) {
    await withShortPauses(async () => {
      await explains(lab, given, []);
      await explains(lab, given, [BUSY, BUSY]);
      await explains(lab, given, [DOWN]);
      await explains(lab, given, [DENIED]);
      await explains(lab, given, [DOWN, BUSY, DOWN]);

      lab.wire.answer(() => DENIED);
      const error = await lab.fails("explain", given);
      lab.expect(
        error !== undefined,
        "Both models said 401, and your function threw no error.",
      );
    });
  },
};

/** One call, in which the first model answers with these failures, and then with a text. */
async function explains(
  lab: Lab,
  given: Given,
  failures: { status: number }[],
): Promise<void> {
  const before = lab.wire.requests.length;
  const [good, spare] = [lab.draw.word(), lab.draw.word()].map(
    (word) => `Your blood has too little ${word}.`,
  ) as [string, string];
  let attempts = 0;
  lab.wire.answer(({ model }) => {
    if (model === SPARE) return spare;
    attempts += 1;
    if (failures[0] === DENIED) return DENIED;
    return failures[attempts - 1] ?? good;
  });

  let returned: unknown;
  let thrown: unknown;
  try {
    returned = await lab.call("explain", given);
  } catch (error) {
    // What was sent explains more than what was thrown.
    thrown = error;
  }

  const isLost = failures.length === 3 || failures[0] === DENIED;
  const expected = Math.min(failures.length + (isLost ? 0 : 1), 3);
  const statuses = failures.map(({ status }) => status).join(", ");
  const when = statuses === "" ? "Nothing failed" : `It said ${statuses}`;
  const request = lab.wire.requests.length;
  lab.expect(
    attempts === expected,
    `${when}, and \`model\` was asked ${times(attempts)}; expected: ${times(expected)}.`,
    { request },
  );
  const sent = lab.wire.requests.slice(before);
  const toSpare = sent.filter(({ model }) => model === SPARE).length;
  lab.expect(
    toSpare === (isLost ? 1 : 0),
    `${when}, and \`spare\` was asked ${times(toSpare)}; expected: ${isLost ? "once" : "never"}.`,
    { request },
  );
  if (thrown !== undefined) throw thrown;
  for (const { place } of sent)
    lab.expectSent(place, given.report, "The report is not in the prompt.");
  lab.expectReturned(
    returned,
    isLost ? spare : good,
    `the reply of \`${isLost ? "spare" : "model"}\``,
  );
}

const times = (count: number) =>
  ["never", "once", "twice"][count] ?? `${count} times`;

/** Pauses between attempts take no time here: LangChain's own take seconds. */
async function withShortPauses(run: () => Promise<void>): Promise<void> {
  const real = globalThis.setTimeout;
  const short = (act: () => void, milliseconds = 0, ...given: []) =>
    // A limit of minutes on a request is no pause between two.
    real(act, milliseconds < 120_000 ? 0 : milliseconds, ...given);
  globalThis.setTimeout = Object.assign(short, real) as typeof setTimeout;
  try {
    await run();
  } finally {
    globalThis.setTimeout = real;
  }
}
