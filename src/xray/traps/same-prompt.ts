import { formatCount } from "../../format.ts";
import type { Trap } from "./trap.ts";

/** What was sent before in vain, in characters: less may be two users who begin alike. */
const LEAST_CHARACTERS = 4000;
const MANY = 10;

/** A request that was answered already, sent again to the letter. */
export const samePrompt: Trap = {
  name: "same-prompt",
  read: "llm-lab help cost-control",
  find(call, before) {
    // Who wants several replies asks several times.
    if (call.sent.isSampled) return undefined;
    const startedAt = call.tries[0]?.startedAt ?? 0;
    const same = before.filter(
      ({ print, received, tries }) =>
        print === call.print && received && (tries.at(-1)?.endedAt ?? startedAt) < startedAt,
    );
    const again = same.length * call.prompt.length;
    const [first] = same;
    if (!first || (again < LEAST_CHARACTERS && same.length < MANY)) return undefined;
    const times = same.length === 1 ? "" : `, for the ${ordinal(same.length + 1)} time`;
    return `it sends what call ${first.call} sent, to the letter${times}: ${formatCount(again)} characters that were answered before. That reply could have been kept.`;
  },
};

function ordinal(count: number): string {
  const ending = { 1: "st", 2: "nd", 3: "rd" }[count % 10] ?? "th";
  return `${count}${/1[123]$/.test(String(count)) ? "th" : ending}`;
}
