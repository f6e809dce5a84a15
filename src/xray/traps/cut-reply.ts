import { parseJson } from "../../model/told.ts";
import type { Call } from "../calls.ts";
import type { Trap } from "./trap.ts";

/** Shorter replies may stand in a later prompt by chance. */
const LEAST_CHARACTERS = 40;

/** A reply that was cut because its tokens ran out, and is used as if it were whole. */
export const cutReply: Trap = {
  name: "cut-reply",
  read: "llm-lab help max-tokens",
  find(call, before) {
    if (isCut(call) && isBrokenData(call))
      return "the reply was cut when its tokens ran out (finish_reason: length), so the JSON that the program waits for has no end.";
    const used = before.find((earlier) => isCut(earlier) && carries(call, earlier));
    if (!used || asksToGoOn(call)) return undefined;
    return `the reply to call ${used.call} was cut when its tokens ran out (finish_reason: length), and this prompt carries it as if it were whole.`;
  },
};

const isCut = ({ received }: Call) => received?.finish === "length";

function isBrokenData({ sent, received }: Call): boolean {
  if (!received) return false;
  const isBroken = (text: string) => parseJson(text) === undefined;
  if (received.calls.some((one) => isBroken(one.arguments))) return true;
  const [, fenced = received.text] = /^\s*```(?:json)?\n([\s\S]*)/.exec(received.text) ?? [];
  const isMeant = sent.wantsJson || /^\s*[[{]/.test(fenced);
  return isMeant && received.text !== "" && isBroken(fenced.replace(/```\s*$/, ""));
}

function carries(call: Call, { received }: Call): boolean {
  const text = received?.text.trim() ?? "";
  return text.length >= LEAST_CHARACTERS && call.prompt.includes(text);
}

/** Whether the program knows: it asks for the rest. */
function asksToGoOn({ sent }: Call): boolean {
  return /\b(?:continue|go on|the rest|finish|carry on)\b/i.test(
    sent.messages.at(-1)?.content ?? "",
  );
}
