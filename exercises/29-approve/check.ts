import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Check, Lab } from "../../src/workbook/check.ts";

interface Given {
  message: string;
  order: string;
  amount: number;
}

export const check: Check<Given> = {
  given: {
    message: "The lamp {blue} of order KX-4711 came in two pieces.",
    order: "KX-4711",
    amount: 48,
  },
  draw: (draw) => {
    const order = draw.code();
    const message = `The {${draw.word()}} of order ${order} does not ${draw.word()}.`;
    return { message, order, amount: draw.integer(5, 400) };
  },

  milliseconds: 30_000,

  async judge(lab, given) {
    await isTold(lab, given);
    const yes = await waits(lab, given);
    await approves(lab, given, yes);
    await refuses(lab, given, await waits(lab, given));
  },
};

/** A question that needs no tool. */
async function isTold(lab: Lab, { message }: Given) {
  const reply = `We are open until ${lab.draw.integer(3, 9)}.`;
  lab.wire.answer(() => reply);
  const desk = deskOf(lab);
  const returned = await lab.call("ask", { ...desk.given, message });
  lab.expectRequests(1);
  lab.expectSent(1, message, "The customer's message is not in the prompt.");
  lab.expect(
    lab.wire.requests[0]?.tools.includes("refund") === true,
    "The request offers no tool `refund`.",
    { request: 1 },
  );
  lab.expect(
    Object(returned).reply === reply,
    `The model called no tool, and \`ask\` returned ${shown(returned)}; expected ${shown({ reply })}.`,
  );
}

interface Desk {
  given: { folder: string; refund: (...args: unknown[]) => Promise<string> };
  paid: unknown[][];
  receipt: string;
}

function deskOf(lab: Lab): Desk {
  const paid: unknown[][] = [];
  const receipt = `Paid, receipt ${lab.draw.code()}.`;
  const refund = async (...args: unknown[]) => {
    paid.push(args);
    return receipt;
  };
  const folder = mkdtempSync(join(lab.folder, "desk-"));
  return { given: { folder, refund }, paid, receipt };
}

/** The model calls the tool; by the end the program has been restarted. */
async function waits(lab: Lab, { message, order, amount }: Given) {
  const desk = deskOf(lab);
  const before = lab.wire.requests.length;
  // Whoever asks the model again at once is not to wait for ever.
  lab.wire.answer(({ place }) =>
    place === before + 1
      ? { calls: [{ name: "refund", arguments: { order, amount } }] }
      : "It is done.",
  );
  const returned = await lab.call("ask", { ...desk.given, message });
  lab.expect(
    desk.paid.length === 0,
    "The model called `refund`, and it was paid before anybody had agreed.",
  );
  lab.expect(
    lab.wire.requests.length === before + 1,
    `While a person decides, \`ask\` sent ${lab.wire.requests.length - before} requests; expected one.`,
  );
  const { waiting } = Object(returned);
  lab.expect(
    Object(waiting).order === order && Object(waiting).amount === amount,
    `\`ask\` returned ${shown(returned)}; expected ${shown({ waiting: { order, amount } })}.`,
  );
  await lab.restart();
  return desk;
}

async function approves(lab: Lab, given: Given, desk: Desk) {
  const { paid, receipt } = desk;
  const reply = await decided(lab, given, desk, true);
  lab.expect(
    paid.length === 1,
    `The person said yes, and \`refund\` was run ${paid.length === 0 ? "never" : `${paid.length} times`}; expected once.`,
  );
  lab.expect(
    JSON.stringify(paid[0]) === JSON.stringify([given.order, given.amount]),
    `The person was shown ${given.order} and ${given.amount}, and \`refund\` was run with ${shown(paid[0])}.`,
  );
  expectHistory(lab, given, (text) => text.includes(receipt), {
    text: receipt,
    says: "does not have what `refund` returned",
  });
  lab.expect(
    Object(reply.returned).reply === reply.text,
    `\`decide\` returned ${shown(reply.returned)}; expected ${shown({ reply: reply.text })}.`,
  );

  const requests = lab.wire.requests.length;
  await lab.restart();
  const error = await lab.fails("decide", { ...desk.given, isApproved: true });
  lab.expect(paid.length === 1, "A second yes paid a second time.");
  lab.expect(
    error !== undefined && lab.wire.requests.length === requests,
    "After the decision nothing waits: a second `decide` must throw, and send nothing.",
  );
}

async function refuses(lab: Lab, given: Given, desk: Desk) {
  const reply = await decided(lab, given, desk, false);
  lab.expect(
    desk.paid.length === 0,
    "The person said no, and `refund` was run all the same.",
  );
  expectHistory(lab, given, (text) => text.trim() !== "", {
    says: "is empty: the model must read that the person said no",
  });
  lab.expect(
    Object(reply.returned).reply === reply.text,
    `After a no, \`decide\` returned ${shown(reply.returned)}; expected ${shown({ reply: reply.text })}.`,
  );
}

async function decided(lab: Lab, _: Given, desk: Desk, isApproved: boolean) {
  const text = `Dear customer, ${lab.draw.word()}.`;
  const before = lab.wire.requests.length;
  lab.wire.answer(() => text);
  const returned = await lab.call("decide", { ...desk.given, isApproved });
  const sent = lab.wire.requests.length - before;
  lab.expect(
    sent === 1,
    `After the decision, ${sent} requests were sent; expected one, with the tool message.`,
  );
  return { returned, text };
}

/** The last prompt goes on where the first one stopped. */
function expectHistory(
  lab: Lab,
  { message, order, amount }: Given,
  isRight: (text: string) => boolean,
  { text, says }: { text?: string; says: string },
): void {
  const request = lab.wire.requests.length;
  const { messages = [] } = lab.wire.requests[request - 1] ?? {};
  lab.expectSent(
    request,
    message,
    "The prompt after the decision lacks the customer's message.",
  );
  const asked = messages.find(({ calls }) => calls.length > 0);
  const [call] = asked?.calls ?? [];
  lab.expect(
    call?.name === "refund",
    "The prompt after the decision lacks the model's call of `refund`.",
    { request },
  );
  const given = JSON.parse(call?.arguments || "{}");
  lab.expect(
    given.order === order && given.amount === amount,
    `The call in the prompt after the decision has the arguments ${call?.arguments}.`,
    { request },
  );
  const answer = messages.find(({ role }) => role === "tool");
  lab.expect(
    answer !== undefined && answer.callId === call?.id,
    "The prompt after the decision has no tool message for the call.",
    { request },
  );
  lab.expect(
    isRight(answer?.text ?? ""),
    `The tool message after the decision ${says}.`,
    { request, missing: text },
  );
}

const shown = (value: unknown) => JSON.stringify(value) ?? "undefined";
