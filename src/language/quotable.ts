import { sentencesOf } from "./sentences.ts";

const FENCE = /^\s*(?:```|~~~)/;
const RULE_OF_TABLE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$|^\s*\|\s*:?-+:?\s*\|\s*$/;
const PICTURE = /\[?!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])(?:\](?:\([^)]*\)|\[[^\]]*\]))?/g;
const LINK = /\[([^\][]+)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?:\s"[^"]*")?\)|\[[^\][]*\])/g;
const TAG = /<!--[\s\S]*?-->|<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/gi;
const EMPHASIS = /(?<![\w*])(\*\*\*|\*\*|___|__|_\*\*)(?=\S)(.+?)(?<=\S)(?:\1|\*\*_)(?![\w*])/g;

/**
 * Lines of a passage that can be quoted, as one reads them: no code, no pictures, badges and tags.
 */
export function quotable(lines: readonly string[]): string[] {
  const fences = lines.filter((line) => FENCE.test(line)).length;
  const first = lines.findIndex((line) => FENCE.test(line));
  // Of a passage that was cut out of a file, the first mark may be the end of code.
  let isInside = fences % 2 === 1 && /^\s*(?:```|~~~)\s*$/.test(lines[first] ?? "");
  return lines.map((line, at) => {
    // What the columns of a table are called says nothing yet.
    if (isHeadOfTable(lines, at)) return "";
    if (FENCE.test(line)) {
      isInside = !isInside;
      return "";
    }
    return isInside || isCode(line) || !hasWords(line) ? "" : plain(line);
  });
}

/** Whether a line names the columns of a table. */
export function isHeadOfTable(lines: readonly string[], at: number): boolean {
  return (lines[at] ?? "").includes("|") && RULE_OF_TABLE.test(lines[at + 1] ?? "");
}

/** The sentences of a line without its mark; a row of a table is one. */
export function sentencesIn(line: string): string[] {
  if (/^\s*\|/.test(line)) {
    const cells = line.split("|").map((cell) => cell.trim());
    const row = cells.filter((cell) => cell !== "").join(" | ");
    return hasWords(row) ? [row] : [];
  }
  return sentencesOf(line.replace(/^\s*(?:[-*•+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/, "")).filter(
    hasWords,
  );
}

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);

function plain(line: string): string {
  if (!/[<[*_>]/.test(line)) return line;
  return line
    .replace(PICTURE, "")
    .replace(LINK, "$1")
    .replace(TAG, "")
    .replace(EMPHASIS, "$2")
    .replace(/^\s*>\s?/, "");
}

const CODE = [
  /^\s*export\s+(?:default|const|async|function|class|type|interface)\b/,
  /^\s*(?:import|export)\s.*(?:\sfrom\s|[{(*]|["'])/,
  /\brequire\(["']/,
  /^\s*(?:const|let|var)\s+[\w${[]/,
  /=>|===|!==|\)\s*\{\s*$/,
  /^\s*(?:\/\/|\/\*|\*\/|#!)/,
  /^\s*[}\])]+[;,)]*\s*$/,
  /^\s*(?:\$ |(?:npm|npx|yarn|pnpm|git|curl|pip) [a-z-])/,
  /^\s*["']?[\w-]+["']?\s*:\s*(?:["'`].*["'`]|\d+|true|false|null),\s*(?:\/\/.*)?$/,
  /^\s*["']?[\w-]+["']?\s*:\s*[[{]\s*$/,
  /^\s*[\w$.]+(?:\.[\w$]+)*\([^)]*\)\s*[;,]?\s*(?:\/\/.*)?$/,
  /[(){}=<>].*[;{}]\s*$/,
];

/** Whether a line looks like a program's. */
function isCode(line: string): boolean {
  return CODE.some((sign) => sign.test(line));
}
