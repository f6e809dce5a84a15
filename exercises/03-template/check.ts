import type { Check, Draw } from "../../src/workbook/check.ts";

interface Given {
  customer: string;
  device: string;
  fault: string;
}

const drawn = (draw: Draw): Given => ({
  customer: `${draw.name()} {${draw.word()}}`,
  device: draw.code(),
  fault: `shows "{${draw.word()}}" and $& in place of the time`,
});

export const check: Check<Given> = {
  given: {
    customer: "Ada {Lovelace}",
    device: "KX-4711",
    fault: 'the display shows "{time}" and costs $1',
  },
  draw: drawn,

  async judge(lab, given) {
    const text = `Dear ${lab.draw.name()}, it is mended.`;
    lab.wire.answer(() => text);

    const returned = await lab.call("letter", given);

    lab.expectRequests(1);
    for (const [name, value] of Object.entries(given))
      lab.expectSent(
        1,
        value,
        `The value of \`${name}\` is not in the prompt word for word.`,
      );
    lab.expectSent(
      1,
      `{"ref": "${given.device}"}`,
      `The prompt does not have {"ref": "${given.device}"} with its braces.`,
    );
    lab.expectReturned(returned, text);

    const missing = lab.draw.pick(["customer", "device", "fault"] as const);
    for (const name of [missing, "fault"] as const) {
      const error = await lab.fails("letter", { ...given, [name]: undefined });
      lab.expect(
        error !== undefined,
        `\`${name}\` was undefined, and your function threw no error.`,
      );
      lab.expect(
        lab.wire.requests.length === 1,
        `\`${name}\` was undefined, and a prompt was sent all the same.`,
        { request: 2 },
      );
    }
  },
};
