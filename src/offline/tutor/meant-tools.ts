import { stemOf } from "../../language/stems.ts";
import { isStopword, wordsOf } from "../../language/words.ts";
import type { ChatTool } from "../protocol.ts";
import { nearestCandidate } from "./nearest.ts";
import { spaced } from "./schema/leaves.ts";
import { workOut } from "./sums/arithmetic.ts";

export type Tool = ChatTool["function"];

/** A tool without a word of the question is called only where its description is this near. */
const SURELY_MEANT = 0.3;

/** Words that say of any function that it does something. */
const GENERAL = new Set(
  "get set fetch return give current tool function call make use user given data value information name city country"
    .split(" ")
    .map(stemOf),
);
const OF_SUMS =
  /\b(?:add|adder|adds|sum|sums|calculat\w*|multipl\w*|arithmetic|math\w*|divid\w*|subtract\w*|plus)/i;

/** The words that a tool is asked for by, as stems. */
export const ownStems = ({ name, description }: Tool): string[] =>
  stemsOf(`${spaced(name)} ${description ?? ""}`);

const stemsOf = (text: string) =>
  wordsOf(text)
    .filter((word) => !isStopword(word) && !/^\d/.test(word))
    .map(stemOf)
    .filter((stem) => !GENERAL.has(stem));

/**
 * The parts of a message that ask for a tool each, in order: a part begins where the first word
 * that says something is one that a tool is asked for by.
 */
export function clausesOf(question: string, tools: readonly Tool[]): string[] {
  const own = new Set(tools.flatMap(ownStems));
  const clauses: string[] = [];
  for (const piece of question.slice(0, LONGEST).split(/(?<=[.!?;,])\s+|\s+(?=(?:and|then)\s)/i)) {
    const [first] = stemsOf(piece).filter((stem) => !WANTING.has(stem));
    const begins = first !== undefined && own.has(first);
    if (begins || clauses.length === 0) clauses.push(piece);
    else clauses.push(`${clauses.pop()} ${piece}`);
  }
  return clauses;
}

/** No request that a person writes is longer. */
const LONGEST = 4000;
const WANTING = new Set("want need like please tell show".split(" ").map(stemOf));

/** The tools that a part of a message asks for. */
export function toolsFor(clause: string, tools: readonly Tool[]): Tool[] {
  const asked = stemsOf(clause);
  const owned = tools.map((tool) => ({ tool, own: ownStems(tool) }));
  const lead = asked.find((stem) => owned.some(({ own }) => own.includes(stem)));
  if (lead !== undefined) {
    const led = owned
      .filter(({ own }) => own.includes(lead))
      .map(({ tool, own }) => ({ tool, shared: asked.filter((stem) => own.includes(stem)) }));
    const isLess = ({ shared }: { shared: string[] }) =>
      led.some(
        (other) =>
          new Set(other.shared).size > new Set(shared).size &&
          shared.every((stem) => other.shared.includes(stem)),
      );
    return led.filter((one) => !isLess(one)).map(({ tool }) => tool);
  }
  const ofSums = isSum(clause) ? tools.filter(doesSums) : [];
  if (ofSums.length > 0) return ofSums;
  const described = tools.map(({ name, description }) => ({
    name,
    description: description ?? "",
  }));
  const nearest = nearestCandidate(clause, described, SURELY_MEANT)?.name;
  return tools.filter(({ name }) => name === nearest);
}

const isSum = (text: string) =>
  workOut(text) !== undefined || (/\d/.test(text) && OF_SUMS.test(text));
const doesSums = ({ name, description }: Tool) =>
  OF_SUMS.test(`${spaced(name)} ${description ?? ""}`);
