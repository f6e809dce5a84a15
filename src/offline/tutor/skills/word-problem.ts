import { isQuestion } from "../memory/lines.ts";
import type { Skill } from "../skill.ts";

/** Declines to work out a story with figures, instead of taking its figures for something told. */
export const wordProblem: Skill = {
  name: "a word problem",
  answer: ({ line, conversation }) =>
    isWordProblem(line) && !conversation.turns.some(({ text }) => text.includes(line))
      ? "I cannot work that out: it is a story, and I do only sums. Write it as a sum, such as 3 - 1."
      : undefined,
  examples: [
    { asked: "I have 3 apples and eat 1, how many are left?", answer: "I cannot work that out" },
    {
      asked: "If a train goes 60 km in one hour, how far does it go in 3 hours?",
      answer: "I cannot work that out",
    },
  ],
};

/** Two figures at least, before or inside a question of how many. */
function isWordProblem(line: string): boolean {
  if (line.length > 600) return false;
  const figures =
    line.match(
      /(?<![\p{L}\d])\d+(?:[.,]\d+)?(?![\p{L}\d])|\b(?:one|another|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half|twice)\b/giu,
    ) ?? [];
  const asks =
    /\b(?:how (?:many|much|far|long|old|fast|big|tall)|what (?:is|will be) the (?:total|difference|price|cost|distance|speed|area))\b/i.exec(
      line,
    );
  if (!asks || figures.length < 2 || !isQuestion(line.slice(asks.index))) return false;
  return /[.,;]/.test(line.slice(0, asks.index)) || /\bif\b/i.test(line);
}
