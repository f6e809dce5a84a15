import type { Call } from "./calls.ts";
import { changingPrefix } from "./traps/changing-prefix.ts";
import { cutReply } from "./traps/cut-reply.ts";
import { growingHistory } from "./traps/growing-history.ts";
import { keyInPrompt } from "./traps/key-in-prompt.ts";
import { orphanedTool } from "./traps/orphaned-tool.ts";
import { retryStorm } from "./traps/retry-storm.ts";
import { samePrompt } from "./traps/same-prompt.ts";
import { summaryEachTurn } from "./traps/summary-each-turn.ts";
import type { Trap } from "./traps/trap.ts";
import { unfilled } from "./traps/unfilled.ts";

export const TRAPS: readonly Trap[] = [
  growingHistory,
  orphanedTool,
  unfilled,
  samePrompt,
  summaryEachTurn,
  changingPrefix,
  cutReply,
  retryStorm,
  keyInPrompt,
];

interface Finding {
  trap: string;
  text: string;
  read: string;
}

/** The traps that show at a call. */
export function findTraps(call: Call, before: readonly Call[]): Finding[] {
  return TRAPS.flatMap(({ name, read, find }) => {
    const text = find(call, before);
    return text === undefined ? [] : [{ trap: name, text, read }];
  });
}
