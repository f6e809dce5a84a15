import { formatDuration } from "../../format.ts";
import type { Call, Try } from "../calls.ts";
import type { Trap } from "./trap.ts";

const TRIES = 4;
const MANY_TRIES = 9;
/** This many refusals of all calls together, within this many milliseconds. */
const REFUSALS = 12;
const WITHIN_MS = 5000;

/** Tries that come so soon, or so often, that they keep the endpoint busy. */
export const retryStorm: Trap = {
  name: "retry-storm",
  read: "llm-lab help retries",
  find(call, before) {
    const { tries } = call;
    const last = tries.at(-1);
    if (!last?.failed) return undefined;
    const waits = waitsOf(tries);
    const [first = 0, latest = 0] = [waits[0], waits.at(-1)];
    const told = `${tries.length} tries in ${formatDuration(last.startedAt - (tries[0]?.startedAt ?? 0))}`;
    if (tries.length >= TRIES && tooSoon(tries).length > 1)
      return `${told}, sooner than the endpoint asked for with Retry-After.`;
    if (tries.length >= TRIES && latest < 1.5 * first)
      return `${told}, and the waits do not grow. Wait longer before each further try.`;
    if (tries.length >= MANY_TRIES) return `${told}: give up sooner.`;
    const refused = [...before, call]
      .flatMap((one) => one.tries)
      .filter(({ failed, mayRetry, endedAt = 0 }) => {
        return failed !== undefined && mayRetry && endedAt > (last.endedAt ?? 0) - WITHIN_MS;
      });
    if (refused.length < REFUSALS || !hasRetried(call, before)) return undefined;
    return `${refused.length} requests were refused within ${formatDuration(WITHIN_MS)}. Send fewer at once, and wait longer before further tries.`;
  },
};

/** Milliseconds between the end of each try and the start of the next. */
function waitsOf(tries: readonly Try[]): number[] {
  return tries.slice(1).map((one, at) => one.startedAt - (tries[at]?.endedAt ?? one.startedAt));
}

function tooSoon(tries: readonly Try[]): number[] {
  return waitsOf(tries).filter((wait, at) => wait < (tries[at]?.retryAfterMs ?? 0));
}

const hasRetried = (call: Call, before: readonly Call[]) =>
  [...before, call].some(({ tries }) => tries.length > 2);
