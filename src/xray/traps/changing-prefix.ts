import { formatCount, formatPercent } from "../../format.ts";
import { commonStart } from "../common-start.ts";
import type { Trap } from "./trap.ts";

/** Providers keep beginnings of 1,024 tokens or more. */
const LEAST_CHARACTERS = 4500;
const TURNS = 3;
const MOST_START = 0.25;
const LEAST_SHARED = 0.75;

/**
 * A long prompt of which most comes again, but whose beginning changes: a provider's prompt cache,
 * which holds equal beginnings, never has it.
 */
export const changingPrefix: Trap = {
  name: "changing-prefix",
  read: "llm-lab help prompt-caching",
  find(call) {
    let at = call;
    for (let turn = 0; turn < TURNS; turn++) {
      const { follows, prompt, received } = at;
      if (!follows || follows.prompt.length < LEAST_CHARACTERS) return undefined;
      if ((received?.usage?.cached ?? 0) > 0) return undefined;
      if (commonStart(prompt, follows.prompt) > MOST_START * prompt.length) return undefined;
      if (sharedOf(prompt, follows.prompt) < LEAST_SHARED) return undefined;
      at = follows;
    }
    const before = call.follows?.prompt ?? "";
    const start = commonStart(call.prompt, before);
    const [was, is] = [before, call.prompt].map((prompt) => `"${around(prompt, start)}"`);
    const shared = formatPercent(sharedOf(call.prompt, before));
    return `${shared} of the prompt came before, but it differs from character ${formatCount(start + 1)} on: ${was} is now ${is}. A provider's prompt cache holds equal beginnings, so put last what changes.`;
  },
};

/** The share of a prompt whose lines stand in the one before it. */
function sharedOf(prompt: string, before: string): number {
  const lines = new Set(before.split("\n"));
  const shared = prompt.split("\n").filter((line) => lines.has(line));
  return shared.reduce((sum, line) => sum + line.length + 1, -1) / prompt.length;
}

/** The piece of a line around a place. */
function around(prompt: string, place: number): string {
  const start = Math.max(prompt.lastIndexOf("\n", place - 1) + 1, place - 15);
  return prompt.slice(start, place + 15).split("\n")[0] ?? "";
}
