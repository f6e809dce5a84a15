import { refusal } from "./shape.ts";
import { StoppableRegExps } from "./stoppable.ts";

/** What all patterns of one schema may take: a stranger's may take longer than a lifetime. */
const PATIENCE_MS = 300;
/** How much longer it may take by the clock, on a machine that is busy with other things. */
const MOST_OF_CLOCK = 4;
const LONGEST = 1000;

/** Tries texts against patterns. @throws RefusedRequest where they take too long */
export class PatternTester {
  readonly #expressions = new StoppableRegExps();
  #left = PATIENCE_MS;

  isMatch(pattern: string, text: string): boolean {
    if (text.length > LONGEST || pattern.length > LONGEST) return false;
    const [started, used] = [performance.now(), process.cpuUsage()];
    const timeout = MOST_OF_CLOCK * Math.ceil(this.#left);
    const found = this.#expressions.test(pattern, text, timeout);
    // On a busy machine the clock goes on while nothing is tried.
    const { user, system } = process.cpuUsage(used);
    this.#left -= Math.min(performance.now() - started, (user + system) / 1000);
    if (found === "late" || this.#left <= 0) throw refusal("its patterns take too long to try");
    return found;
  }
}

/** A short text that a pattern of the usual kind matches; who uses it must check it. */
export function sampleOf(pattern: string, tester: PatternTester): string {
  let at = 0;
  const alternatives = (): string => {
    const all = [sequence()];
    while (pattern[at] === "|") {
      at++;
      all.push(sequence());
    }
    return all[0] ?? "";
  };
  const sequence = (): string => {
    let text = "";
    while (at < pattern.length && !"|)".includes(pattern[at]!)) text += repeated(atom());
    return text;
  };
  const repeated = (one: string): string => {
    const [sign, least] = /^(?:([?*])|\+|\{(\d+)(?:,\d*)?\})\??/.exec(pattern.slice(at)) ?? [];
    if (sign === undefined) return one;
    const counted = /^\{(\d+)/.exec(sign)?.[1];
    at += sign.length;
    if (least !== undefined) return "";
    return one.repeat(Math.min(counted === undefined ? 1 : Number(counted), LONGEST));
  };
  const atom = (): string => {
    const sign = pattern[at++]!;
    if (sign === "^" || sign === "$") return "";
    if (sign === ".") return "a";
    if (sign === "\\") return escaped(pattern[at++] ?? "");
    if (sign === "[") return ofClass();
    if (sign !== "(") return sign;
    const kind = /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(pattern.slice(at))?.[0] ?? "";
    at += kind.length;
    const inside = alternatives();
    at++;
    return /[=!]/.test(kind) ? "" : inside;
  };
  const ofClass = (): string => {
    const start = at;
    const isNot = pattern[at] === "^";
    while (at < pattern.length && (pattern[at] !== "]" || at === start))
      at += pattern[at] === "\\" ? 2 : 1;
    const inside = pattern.slice(start, at++);
    const first = isNot ? undefined : firstOf(inside);
    return first ?? [..."aA0-_ .x"].find((one) => tester.isMatch(`^[${inside}]$`, one)) ?? "a";
  };
  return at >= pattern.length ? "" : alternatives();
}

const firstOf = (inside: string) =>
  inside.startsWith("\\") ? escaped(inside[1] ?? "") : inside[0];

const escaped = (sign: string) =>
  ({ d: "0", w: "a", s: " ", D: "a", W: "-", S: "a", b: "", B: "", n: "\n", t: "\t" })[sign] ??
  sign;
