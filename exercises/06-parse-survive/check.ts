import type { Check, Draw, Reply } from "../../src/workbook/check.ts";

interface Order {
  cake: string;
  pieces: number;
}

interface Given {
  mail: string;
  order: Order;
}

type Fault = [name: string, spoil: (order: Order) => Reply];

const json = ({ cake, pieces }: Order) => JSON.stringify({ pieces, cake });

/** What a careful program may read as it is. */
const HARMLESS: Fault[] = [
  [
    "with a sentence round the JSON",
    (order) => ({ text: `Of course! ${json(order)} Shall I confirm it?` }),
  ],
  [
    "in a code fence",
    (order) => ({ text: `\`\`\`json\n${json(order)}\n\`\`\`` }),
  ],
  [
    "with a trailing comma",
    (order) => ({ text: json(order).replace(/}$/, ",}") }),
  ],
];

/** What is of no use. */
const USELESS: Fault[] = [
  [
    "that was cut off",
    // In the middle of the cake's name: who completes it bakes another cake.
    (order) => ({ text: json(order).slice(0, -5), finish: "length" }),
  ],
  [
    "with a word for the number",
    (order) => ({ text: JSON.stringify({ ...order, pieces: "some" }) }),
  ],
  ["without any text", () => ({ text: "" })],
  [
    "with an apology",
    ({ cake }) => ({ text: `I am sorry, but I cannot help with ${cake}.` }),
  ],
];

function given(cake: string, pieces: number, who: string): Given {
  return {
    mail: `Dear bakery, for Sunday I need ${pieces} pieces of ${cake}. Thank you, ${who}`,
    order: { cake, pieces },
  };
}

function drawn(draw: Draw): Given {
  return given(`${draw.word()} cake`, draw.integer(10, 99), draw.name());
}

export const check: Check<Given> = {
  milliseconds: 30_000,
  given: given("plum cake", 12, "Edith"),
  draw: drawn,

  async judge(lab, given) {
    const spoilt = (faults: Fault[], times: number) =>
      faults.map(([name, spoil]): Case => {
        const own = drawn(lab.draw);
        const replies = Array(times).fill(spoil(own.order));
        return { ...own, name, replies, calls: 0 };
      });
    const whole: Case = { ...given, name: "", replies: [], calls: 0 };
    const harmless = spoilt(HARMLESS, 1);
    const once = [...harmless, ...spoilt(USELESS, 1)];
    const hopeless = spoilt(USELESS, 20);
    const all = [whole, ...once, ...hopeless];
    lab.wire.answer(({ prompt }) => {
      const mine = all.find((one) => isAbout(prompt, one));
      if (mine === undefined) return { text: "" };
      mine.calls += 1;
      return mine.replies[mine.calls - 1] ?? { text: json(mine.order) };
    });

    // All at once: a program may well pause before it asks again.
    const found = await Promise.all(
      all.map(({ mail }) => lab.call("read", { mail })),
    );

    const returned = new Map(all.map((one, at) => [one, found[at]]));
    for (const { calls } of all) {
      lab.expect(calls > 0, "There is a mail that no prompt contains.");
      lab.expect(
        calls <= 2,
        `${calls} requests were sent for one mail, and two are the most.`,
      );
    }
    lab.expect(
      isOrder(returned.get(whole), whole.order),
      `The reply was ${json(whole.order)}, and your function returned ${shown(returned.get(whole))}.`,
    );
    lab.expect(whole.calls === 1, "A right reply was asked for a second time.");
    for (const one of once) {
      const order = returned.get(one);
      lab.expect(
        order !== null,
        `A reply ${one.name}: your function returned null. The second reply was right, or would have been.`,
      );
      lab.expect(
        isOrder(order, one.order),
        `A reply ${one.name}: your function returned ${shown(order)}, and ${json(one.order)} was expected.`,
      );
    }
    for (const one of hopeless)
      lab.expect(
        returned.get(one) === null,
        `A reply ${one.name}, twice: your function returned ${shown(returned.get(one))}, and null was expected.`,
      );
    for (const { calls, name } of harmless)
      if (calls > 1)
        lab.remark(
          `A reply ${name} can be read as it is: the second call is not needed there.`,
        );
  },
};

interface Case extends Given {
  /** the fault, after "A reply" */
  name: string;
  /** the faulty replies; those after them are right */
  replies: Reply[];
  calls: number;
}

/** Whether a request is about a mail: it has the mail, or only the reply that is to be mended. */
function isAbout(prompt: string, { mail, replies: [bad] }: Case): boolean {
  return prompt.includes(mail) || (!!bad?.text && prompt.includes(bad.text));
}

function isOrder(value: unknown, { cake, pieces }: Order): boolean {
  if (typeof value !== "object" || value === null) return false;
  const found = value as Partial<Order>;
  return found.cake === cake && found.pieces === pieces;
}

const shown = (value: unknown) => JSON.stringify(value) ?? "undefined";
