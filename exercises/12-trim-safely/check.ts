import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import type { Check, Draw, SeenRequest } from "../../src/workbook/check.ts";

interface Given {
  shop: string;
  conversations: number;
}

type Turn = BaseMessage[];

export const check: Check<Given> = {
  milliseconds: 30_000,
  given: { shop: "Spoke & Sons", conversations: 25 },
  draw: (draw) => ({ shop: draw.name(), conversations: 25 }),

  async judge(lab, { shop, conversations }) {
    const rules = `You answer for the bike shop ${shop}.`;
    const replies: string[] = [];
    lab.wire.answer(() => {
      replies.push(`Yes: ${lab.draw.word()}.`);
      return replies.at(-1) ?? "";
    });

    for (let at = 1; at <= conversations; at += 1) {
      const turns = drawTurns(lab.draw, at);
      const last = turns.at(-1) ?? [];
      const most = last.length + 1 + lab.draw.integer(0, 12);
      const messages = [new SystemMessage(rules), ...turns.flat()];

      // A copy: programs may change the list that they are handed.
      const returned = await lab.call("answer", {
        messages: [...messages],
        most,
      });

      lab.expectRequests(at);
      const sent = lab.wire.requests[at - 1] as SeenRequest;
      const request = at;
      lab.expect(
        sent.messages.length <= most,
        `${sent.messages.length} messages were sent, and ${most} are the most.`,
        { request },
      );
      const systems = sent.messages.filter(({ role }) => role === "system");
      lab.expect(
        sent.messages[0]?.text === rules && systems.length === 1,
        "The prompt does not begin with the system message.",
        { request, missing: rules },
      );
      const lone = orphanIn(sent);
      lab.expect(
        lone === undefined,
        `OpenAI would refuse the prompt: it has ${lone}.`,
        { request },
      );
      lab.expect(
        endsWith(sent, last),
        "The end of the conversation is missing: the last turn must be sent, down to its last message.",
        { request },
      );
      const left = turns.filter((turn) => !sent.prompt.includes(textOf(turn)));
      const next = left.at(-1)?.length ?? Number.POSITIVE_INFINITY;
      lab.expect(
        sent.messages.length + next > most,
        `There was room for one turn more: ${sent.messages.length} of ${most} messages were sent, and the turn before has ${next}.`,
        { request },
      );
      lab.expectReturned(returned, replies[at - 1] ?? "");
    }
  },
};

/** Between one and eight turns; the last one ends with a question or with results. */
function drawTurns(draw: Draw, conversation: number): Turn[] {
  return Array.from({ length: draw.integer(1, 8) }, (_, at) => {
    const turn = `${conversation}-${at + 1}`;
    const asked = new HumanMessage(`(${turn}) Have you any ${draw.word()}?`);
    const rounds = Array.from({ length: draw.integer(0, 2) }, (_, round) =>
      lookUp(draw, `${turn}-${round + 1}`),
    );
    const reply = new AIMessage(`We have: ${draw.word()}.`);
    return [asked, ...rounds.flat(), reply];
  }).map((turn, at, turns) =>
    at === turns.length - 1 ? turn.slice(0, -1) : turn,
  );
}

/** One message with some calls, and a result for each, in any order. */
function lookUp(draw: Draw, id: string): Turn {
  const calls = Array.from({ length: draw.integer(1, 3) }, (_, at) => ({
    id: `call-${id}-${at + 1}`,
    name: draw.pick(["stock", "price"]),
    args: { part: draw.word() },
  }));
  const results = calls.map(
    ({ id }) =>
      new ToolMessage({ content: `${draw.integer(1, 90)}`, tool_call_id: id }),
  );
  return [
    new AIMessage({ content: "", tool_calls: calls }),
    ...draw.some(results, results.length),
  ];
}

/** What a server refuses: a result without its call just before, or a call without a result. */
function orphanIn({ messages }: SeenRequest): string | undefined {
  let open = new Set<string>();
  for (const { role, calls, callId } of messages) {
    if (role === "tool") {
      if (!open.delete(callId ?? ""))
        return "a tool's message whose call was cut off";
      continue;
    }
    if (open.size > 0) return "a call without its result";
    open = new Set(calls.map(({ id }) => id));
  }
  return open.size > 0 ? "a call without its result" : undefined;
}

/** Whether a prompt ends with the messages of a turn. */
function endsWith({ messages }: SeenRequest, turn: Turn): boolean {
  const end = messages.slice(-turn.length).map(({ text }) => text);
  return end.join("\n") === textOf(turn);
}

const textOf = (turn: Turn) => turn.map(({ text }) => text).join("\n");
