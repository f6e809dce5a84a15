import type { Trap } from "./trap.ts";

/** What variables of templates are mostly called; other words in braces may be meant. */
const NAMES =
  "input|inputs|question|query|context|history|chat_history|agent_scratchpad|text|documents|summary|summaries|new_lines|format_instructions|tool_names|user_input";

const SIGNS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^\s*(?:undefined|null|NaN)\s*$/, "is all of a message"],
  // The value of a label is missing: "Question: undefined".
  [/^[^\n`"']{1,60}:[ \t]*undefined[ \t]*[.?!]?[ \t]*$/m, "stands where a value should"],
  [/^[^`"'\n]*\[object Object\]/m, "stands where a text should"],
  [/\$\{[A-Za-z_$][\w$.]*\}/, "was not filled in"],
  [new RegExp(String.raw`\{\{ ?(?:${NAMES}) ?\}\}`), "was not filled in"],
  [new RegExp(String.raw`(?<![{$\w])\{(?:${NAMES})\}(?!\})`), "was not filled in"],
];
/** A prompt about a program has all of these in it, and means them. */
const CODE = /```|=>|\bfunction\b|\bconst \w|\bdef \w+\(|\bimport \w|<\/?\w+>|[;{]\s*\n|"\w+"\s*:/;

/** A template's variable that was not filled in, or filled in with nothing. */
export const unfilled: Trap = {
  name: "unfilled-template",
  read: "llm-lab help prompt-template",
  find({ sent }) {
    for (const [at, { role, content }] of sent.messages.entries()) {
      if ((role !== "user" && role !== "system" && role !== "developer") || CODE.test(content))
        continue;
      const text = content.replace(/`[^`\n]*`/g, "");
      for (const [pattern, what] of SIGNS) {
        const found = pattern.exec(text)?.[0].trim();
        const shown = found && (/undefined|\[object Object\]/.exec(found)?.[0] ?? found);
        if (shown) return `"${shown}" ${what}, in message ${at + 1}.`;
      }
    }
    return undefined;
  },
};
