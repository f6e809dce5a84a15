import type { TextMessage } from "../../protocol.ts";

/** What a request wants judged, as texts that stand in it under their labels. */
export interface Judged {
  /** all but the texts that are judged: what the judge is told to look at, and how to reply */
  instructions: string;
  question: string;
  /** one, or two that are compared */
  answers: readonly [string] | readonly [string, string];
  /** a right answer to hold them against */
  reference: string | undefined;
  /** passages that they must follow from */
  context: string | undefined;
}

/**
 * Finds what is to be judged in a request, as prompts for judges write it: texts between tags or
 * after labels, and words that ask for a judgement. Undefined for any other request.
 */
export function judgedIn(messages: readonly TextMessage[]): Judged | undefined {
  const asked = messages.filter(({ role }) => role !== "assistant" && role !== "tool");
  const text = asked.map(({ content }) => content).join("\n\n");
  if (text.length > LONGEST || !ASKS_BRIEFLY.test(text)) return undefined;
  const { parts, rest } = partsIn(text);
  const of = (role: Role) => parts.filter((part) => part.role === role).map((part) => part.text);
  const [first] = of("first");
  const [second] = of("second");
  const answers = of("answer");
  const pair = first !== undefined && second !== undefined ? ([first, second] as const) : undefined;
  const isOne = answers.length === 1 && of("question").length <= 1;
  if (!ASKS.test(rest) || (!pair && !isOne)) return undefined;
  const [reference] = of("reference");
  const [context] = of("context");
  const [question = ""] = of("question");
  if (!pair && question === "" && reference === undefined && context === undefined)
    return undefined;
  return { instructions: rest, question, answers: pair ?? [answers[0]!], reference, context };
}

const LONGEST = 100_000;

type Role = "question" | "reference" | "answer" | "first" | "second" | "context";

interface Part {
  role: Role;
  text: string;
}

/** Words that ask for a judgement, wherever they stand. */
const ASKS_BRIEFLY =
  /evaluat|grad(?:e|ing)|judg|assess|scor(?:e|ing)|\brat(?:e|ing)\b|correct|faithful|ground|support|hallucinat|better|best|prefer|helpful|useful|relevant|concise|compar/i;
const ASKS =
  /\b(?:evaluat(?:e|es|ing|or|ion)|grad(?:e|es|ing|er)|judg(?:e|es|ing|ement)|assess(?:es|ing)?|scor(?:e|es|ing)|rat(?:e|ing)|compare|correctness|hallucinations?|faithfulness|groundedness)\b|\b(?:is|whether|if|are|how)\b[^.?!\n]{0,60}\b(?:correct|right|faithful|grounded|supported|support|helpful|useful|relevant|concise)\b|\b(?:correct|supported|faithful) or (?:not|in|un)|\b(?:which|what)\b[^.?!\n]{0,60}\b(?:better|best|prefer|more \w+)\b/i;

const OF =
  "(?:(?:the|a|user|user's|human|student|student's|submitted|candidate|model|model's|assistant|assistant's|given|actual|generated|predicted|system|ai|chatbot|original)[ _-])*";
const ANSWER =
  "(?:answer|output|outputs|response|reply|submission|prediction|claim|statement|sentence|completion)";
const ROLES: readonly [Role, string][] = [
  [
    "reference",
    `(?:the[ _-])?(?:reference|expected|correct|true|ideal|gold|golden|ground[ _-]truth|right|target)(?:[ _-](?:${ANSWER}|solution|result|text))?`,
  ],
  [
    "first",
    `${OF}(?:(?:${ANSWER}|assistant|candidate|option)[ _-](?:a|1|one)|first[ _-]${ANSWER})`,
  ],
  [
    "second",
    `${OF}(?:(?:${ANSWER}|assistant|candidate|option)[ _-](?:b|2|two)|second[ _-]${ANSWER})`,
  ],
  ["answer", `${OF}${ANSWER}`],
  ["question", `${OF}(?:question|query|inputs?|task)`],
  [
    "context",
    "(?:(?:the|retrieved|given|relevant)[ _-])?(?:context|documents?|passages?|sources?|facts|evidence)(?:[ _-](?:passages?|documents?|text))?",
  ],
];
const NAMED = ROLES.map(([role, name]) => [role, new RegExp(`^(?:${name})$`, "i")] as const);
const roleOf = (name: string) => NAMED.find(([, pattern]) => pattern.test(name))?.[0];

const TAGGED = /<([a-z][\w-]{1,40})\b[^<>]{0,200}>([\s\S]*?)<\/\1\s*>/gi;
/**
 * "Answer:", "**Answer**:", "[Answer]:", "## Answer", also "[The Start of Assistant A's Answer]".
 */
const LABELLED = new RegExp(
  [
    String.raw`^[ \t]*(?:[#*_[]{1,4}[ \t]*)?(${ROLES.map(([, name]) => name).join("|")})[ \t]*[\]*_]{0,3}[ \t]*:[*_]{0,2}[ \t]*`,
    String.raw`^[ \t]*#{1,4}[ \t]+(${ROLES.map(([, name]) => name).join("|")})[ \t]*\n`,
    String.raw`^[ \t]*\[(?:the start of )?(${ROLES.map(([, name]) => name).join("|")})(?:'s answer)?\][ \t]*\n`,
  ].join("|"),
  "gim",
);
/** Labels and lines after which a text that is judged has ended. */
const ENDS =
  /^[ \t]*(?:[#*_[]{0,4}[ \t]*)(?:grade|verdict|score|rating|judge?ment|rubric|criteria|instructions?|reminder|evaluation|decision|better)\b[^\n]{0,30}:|^[ \t]*(?:\*{3,}|-{3,}|={3,})[ \t]*$|^[ \t]*\[(?:begin|end|the end)\b[^\n]*\]/im;
/** A paragraph at the end that asks for the verdict. */
const ASKING =
  /\b(?:reply|respond|answer (?:only )?(?:with|by|yes|no|in|true|correct|[ab] )|is (?:the|this|it)|does (?:the|this|it)|which|give (?:a|your|the)|output|return|think|say|write|decide|judge|grade|rate|score|evaluate)\b/i;

function partsIn(text: string): { parts: Part[]; rest: string } {
  const parts: Part[] = [];
  const add = (name: string, found: string) => {
    const role = roleOf(name.trim().toLowerCase());
    if (role) parts.push({ role, text: found.trim() });
    return role !== undefined;
  };
  const untagged = text.replace(TAGGED, (whole, name: string, found: string) =>
    add(name, found) ? "\n" : whole,
  );
  const labels = [...untagged.matchAll(LABELLED)];
  let [rest, from] = ["", 0];
  for (const [at, label] of labels.entries()) {
    const start = label.index + label[0].length;
    const end = labels[at + 1]?.index ?? untagged.length;
    const found = untagged.slice(start, end);
    const length = lengthOf(found, at === labels.length - 1);
    // A label at the very end is where the reply goes.
    const isSlot =
      found.slice(0, length).trim() === "" && at === labels.length - 1 && length === found.length;
    rest += `${untagged.slice(from, label.index)}\n`;
    if (!isSlot || parts.some(({ role }) => role === "reference"))
      add(label.slice(1).find(Boolean) ?? "", found.slice(0, length));
    from = start + length;
  }
  return { parts, rest: rest + untagged.slice(from) };
}

/** How much of what follows a label belongs to it. */
function lengthOf(found: string, isLast: boolean): number {
  const end = ENDS.exec(found)?.index ?? found.length;
  if (!isLast) return end;
  const paragraph = found.slice(0, end).lastIndexOf("\n\n");
  return paragraph >= 0 && ASKING.test(found.slice(paragraph, end)) ? paragraph : end;
}
