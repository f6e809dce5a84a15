import { formatCount } from "../../format.ts";
import type { Call } from "../calls.ts";
import { commonStart } from "../common-start.ts";
import type { Trap } from "./trap.ts";

const TURNS = 6;
const LEAST_CHARACTERS = 1500;
const LEAST_GROWTH = 3;

/** A history that nothing limits: turn after turn, all earlier ones are sent again. */
export const growingHistory: Trap = {
  name: "growing-history",
  read: "llm-lab lesson memory/window",
  find(call) {
    let first = call;
    let turns = 0;
    while (turns < TURNS && first.follows && continues(first, first.follows)) {
      // A tool that is called makes a prompt longer within a turn.
      if (lastOfUser(first) !== lastOfUser(first.follows)) turns += 1;
      first = first.follows;
    }
    const [from, to] = [first.prompt.length, call.prompt.length];
    if (turns < TURNS || to < LEAST_CHARACTERS || to < LEAST_GROWTH * from) return undefined;
    return `each of the last ${turns} turns sent all earlier ones again, and nothing was left out: the prompt has grown from ${formatCount(from)} to ${formatCount(to)} characters.`;
  },
};

/** Whether a prompt is another one with more at its end. */
function continues({ prompt }: Call, { prompt: before }: Call): boolean {
  return prompt.length > before.length && commonStart(prompt, before) >= 0.95 * before.length;
}

function lastOfUser({ sent }: Call): string | undefined {
  return sent.messages.findLast(({ role }) => role === "user")?.content;
}
