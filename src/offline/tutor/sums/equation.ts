import { rounded } from "./about-numbers.ts";

/** Solves an equation of the first degree in one unknown: "solve 3x + 5 = 20"; undefined for anything else. */
export function solveEquation(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const asked = text
    .toLowerCase()
    .replace(/[−–]/g, "-")
    .replace(/\b(?:times|multiplied by)\b|[×·]/g, "*");
  const [, unknown] =
    /(?<![\p{L}'])([xyzabn])(?![\p{L}'])/u.exec(asked) ??
    /\d([xyzabn])(?![\p{L}'])/u.exec(asked) ??
    [];
  if (unknown === undefined) return undefined;
  const term = `[-+]?\\s*(?:\\d+(?:\\.\\d+)?\\s*\\*?\\s*${unknown}?|${unknown})`;
  const side = `((?:${term}\\s*){1,8})`;
  const found = new RegExp(`(?<![\\w^])${side}=\\s*${side}(?![\\w^(*/])`).exec(asked);
  if (!found) return undefined;
  const [left, right] = [sideOf(found[1] ?? "", unknown), sideOf(found[2] ?? "", unknown)];
  const [factor, value] = [left.factor - right.factor, right.value - left.value];
  const equation = found[0].replace(/\s+/g, " ").trim();
  if (factor === 0)
    return value === 0 ? `${equation} holds for every ${unknown}.` : `${equation} has no solution.`;
  return `${unknown} = ${rounded(value / factor)}: it solves ${equation}.`;
}

const LONGEST = 120;

/** A side of an equation as a multiple of the unknown and a number. */
function sideOf(text: string, unknown: string): { factor: number; value: number } {
  const sum = { factor: 0, value: 0 };
  for (const [, sign = "", number, letter] of text.matchAll(
    new RegExp(`([-+]?)\\s*(\\d+(?:\\.\\d+)?)?\\s*\\*?\\s*(${unknown})?`, "g"),
  )) {
    if (number === undefined && letter === undefined) continue;
    const value = (sign === "-" ? -1 : 1) * Number(number ?? 1);
    if (letter === undefined) sum.value += value;
    else sum.factor += value;
  }
  return sum;
}
