import type { Trap } from "./trap.ts";

const TURNS = 3;

/** A memory that asks for a new summary after each turn: every turn makes two calls. */
export const summaryEachTurn: Trap = {
  name: "summary-each-turn",
  read: "llm-lab lesson memory/summary",
  find(call, before) {
    if (!call.isSummary) return undefined;
    const last = [...before, call].slice(-2 * TURNS);
    // Answer, summary, answer, summary …
    const alternates = last.every(({ isSummary }, at) => isSummary === (at % 2 === 1));
    if (last.length < 2 * TURNS || !alternates) return undefined;
    return `each of the last ${TURNS} turns made a second call, for a summary. Sum up when the history is long, not after each turn.`;
  },
};
