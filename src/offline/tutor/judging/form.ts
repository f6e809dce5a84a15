import type { JsonSchema } from "../../protocol.ts";
import { fieldWords, spaced, within } from "../schema/leaves.ts";
import { fits, isObject, resolved, type Shape } from "../schema/shape.ts";
import type { Verdict } from "./verdict.ts";

/** Puts a verdict into the fields of an object that take one; what else it has stays as it is. */
export function filledWith(
  verdict: Verdict,
  schema: JsonSchema,
  value: unknown,
  instructions: string,
): unknown {
  if (!isObject(value)) return value;
  const { properties = {} } = resolved(schema, schema);
  const filled = Object.entries(properties).flatMap(([name, part]) => {
    const shape = resolved(part, schema);
    const found = fieldOf(verdict, name, shape, instructions);
    return found !== undefined && fits(shape, found) ? [[name, found] as const] : [];
  });
  return { ...value, ...Object.fromEntries(filled) };
}

/**
 * The verdict in words, as a request without a schema asks for it, and why where that is asked for.
 */
export function inWords(verdict: Verdict, instructions: string): string {
  const asked = ASKED.find(([pattern]) => pattern.test(instructions));
  const scale = asked || verdict.better ? undefined : scaleIn(instructions);
  const word = verdict.better
    ? letterOf(verdict, instructions)
    : asked
      ? asked[1][verdict.passes ? 0 : 1]
      : scale
        ? String(onScale(verdict, scale))
        : verdict.passes
          ? "Yes"
          : "No";
  const isAlone =
    /\b(?:only|just|nothing else|one word|single (?:word|letter|number)|no explanation)\b/i.test(
      instructions,
    );
  return isAlone ? word : `${word}\n${verdict.why}`;
}

/** Pairs of words that a request asks to choose from, the good one first. */
const ASKED: readonly [RegExp, readonly [string, string]][] = [
  [/\bCORRECT\b[^.\n]{0,20}\bINCORRECT\b/, ["CORRECT", "INCORRECT"]],
  [/\bcorrect\b[^.\n]{0,20}\bincorrect\b/i, ["correct", "incorrect"]],
  [/\bYES\b[^.\n]{0,12}\bNO\b/, ["YES", "NO"]],
  [/\byes\b[^.\n]{0,12}\bno\b/i, ["yes", "no"]],
  [/\bPASS\b[^.\n]{0,12}\bFAIL\b/, ["PASS", "FAIL"]],
  [/\bpass\b[^.\n]{0,12}\bfail\b/i, ["pass", "fail"]],
  [/\btrue\b[^.\n]{0,12}\bfalse\b/i, ["true", "false"]],
  [/\bsupported\b[^.\n]{0,12}\bunsupported\b/i, ["supported", "unsupported"]],
  [/\bsupported\b[^.\n]{0,12}\bnot supported\b/i, ["supported", "not supported"]],
];

function letterOf({ better }: Verdict, instructions: string): string {
  const at = isTie(better, instructions) ? 2 : better === "second" ? 1 : 0;
  if (instructions.includes("[[A]]")) return ["[[A]]", "[[B]]", "[[C]]"][at]!;
  const isNumbered = /\b1 or 2\b|\b(?:answer|response|option) 1\b/i.test(instructions);
  return (isNumbered ? ["1", "2", "tie"] : ["A", "B", "tie"])[at]!;
}

const isTie = (better: Verdict["better"], allowed: string) =>
  better === "tie" && /\btie|\bequal|\bdraw\b|\bneither\b|\bsame\b|\[\[C\]\]/i.test(allowed);

const NAMES_OF_WHY =
  /\b(?:why|reason|reasons|reasoning|rationale|explanation|justification|comment|feedback|critique|analysis|thoughts?)\b/;
const NAMES_OF_VERDICT =
  /\b(?:verdict|winner|better|best|preferred|preference|choice|answer|grade|label|decision|result|score|rating|judge?ment)\b/;
const BAD =
  /^(?:no|incorrect|wrong|false|fail|failed|failing|bad|unsupported|not supported|unfaithful|ungrounded|hallucinated|contradicted|i|n)$/i;
const GOOD =
  /^(?:yes|correct|right|true|pass|passed|passing|good|supported|faithful|grounded|c|y)$/i;
const PARTLY = /part(?:ly|ial|ially)|mixed|some/i;
/** A field of which the bad answer is the true one. */
const OF_FAULTS =
  /\b(?:incorrect|wrong|hallucinat\w*|unsupported|contradict\w*|fail\w*|errors?|unfaithful)\b/;

function fieldOf(verdict: Verdict, name: string, shape: Shape, instructions: string): unknown {
  const words = spaced(name);
  const { scores, passes, better, why } = verdict;
  if (Array.isArray(shape.enum)) return chosen(verdict, shape.enum);
  switch (shape.type) {
    case "boolean":
      return OF_FAULTS.test(words) ? !passes : passes;
    case "number":
    case "integer": {
      const isSecond = /\b(?:b|2|two|second)$/.test(words);
      const score = isSecond ? scores[1] : scores[0];
      const scale = scaleOf(shape, `${fieldWords(name, shape)}\n${instructions}`);
      return score === undefined ? undefined : onScale({ scores: [score] }, scale, shape);
    }
    case "string": {
      if (NAMES_OF_WHY.test(words)) return reasoned(why, verdict, shape, instructions);
      if (!NAMES_OF_VERDICT.test(words)) return undefined;
      const said = `${shape.description ?? ""}\n${instructions}`;
      return inWords(verdict, `${said}\nonly`) || (better ?? (passes ? "correct" : "incorrect"));
    }
    default:
      return undefined;
  }
}

/** openevals asks for a last sentence that names the score. */
function reasoned(
  why: string,
  { passes, scores }: Verdict,
  { description = "" }: Shape,
  instructions: string,
) {
  if (!/Thus, the score should be/.test(description)) return why;
  const isNumber = /\b0\.0 to 1\.0\b|number that represents/.test(
    `${description}\n${instructions}`,
  );
  return `${why} Thus, the score should be: ${isNumber ? onScale({ scores }, [0, 1]) : passes}.`;
}

function chosen(verdict: Verdict, values: readonly unknown[]): unknown {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length === values.length) {
    const wanted = onScale(verdict, [Math.min(...numbers), Math.max(...numbers)]);
    return numbers.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
  }
  const names = values.filter((value) => typeof value === "string");
  const { better, passes, scores } = verdict;
  if (better) {
    const tie = names.find((name) => /tie|equal|draw|both|neither|same/i.test(name));
    if (better === "tie" && tie) return tie;
    const wanted =
      better === "second"
        ? /(?:^|[ _-])(?:b|2|two|second)$|^second/i
        : /(?:^|[ _-])(?:a|1|one|first)$|^first/i;
    return names.find((name) => wanted.test(name));
  }
  const partly = names.find((name) => PARTLY.test(name));
  if (partly && !passes && scores[0]! >= 0.6) return partly;
  return names.find((name) => (passes ? GOOD : BAD).test(spaced(name)));
}

type Scale = readonly [least: number, most: number];

function scaleOf({ minimum, maximum }: Shape, words: string): Scale {
  return minimum !== undefined && maximum !== undefined
    ? [minimum, maximum]
    : (scaleIn(words) ?? [0, 1]);
}

/** "from 1 to 5", "1-10", "0.0 to 1.0", "out of 10". */
function scaleIn(words: string): Scale | undefined {
  const [, from, to] =
    /\b(\d+(?:\.\d+)?)\s*(?:-|–|to|and|through)\s*(\d+(?:\.\d+)?)\b/.exec(words) ?? [];
  if (from !== undefined && Number(from) < Number(to)) return [Number(from), Number(to)];
  const [, most] = /\bout of (\d+)\b/.exec(words) ?? [];
  return most === undefined ? undefined : [1, Number(most)];
}

function onScale(
  { scores: [score = 0] }: Pick<Verdict, "scores">,
  [least, most]: Scale,
  shape: Shape = {},
): number {
  const value = least + score * (most - least);
  return within(shape, most - least > 2 ? Math.round(value) : Math.round(100 * value) / 100);
}
