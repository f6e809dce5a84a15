import { cleanAll } from "../clean.ts";
import { countOf } from "../format.ts";
import { type Style, styleProse } from "../term/style.ts";
import { wrap } from "../term/text.ts";
import type { Exercise } from "./exercises.ts";
import type { Place, SentPrompt, Verdict } from "./verdict.ts";

export interface Page {
  width: number;
  style: Style;
  /** how many lines of a prompt are shown; all without it */
  promptLines?: number;
  /** how a path is shown */
  pathOf(file: string): string;
}

/** A verdict in words, and the prompt that it is about, with what makes the difference. */
export function verdictLines(found: Verdict, page: Page): string[] {
  const { style, width } = page;
  const verdict = cleanAll(found);
  const say = (text: string, paint = style.strong) => painted(wrap(text, width), paint);
  switch (verdict.outcome) {
    case "passed":
      return [...say("Passed.", style.good), ...(verdict.remark ? say(verdict.remark) : [])];
    case "failed":
      return [...say(`Not yet: ${verdict.says}`, style.bad), ...differenceLines(verdict, page)];
    case "broken":
    case "timeout":
      return [
        ...say(verdict.says, style.bad),
        ...placeLines(verdict.place, page),
        ...printedLines(verdict, page),
      ];
    case "bug":
      return [
        ...say("The check itself failed. This is a fault of llm-lab, not of your code.", style.bad),
        ...say(verdict.says),
        ...verdict.detail
          .split("\n")
          .slice(0, 6)
          .map((line) => style.faint(line)),
        ...say(`Please report it, with the seed ${verdict.seed}.`),
      ];
  }
}

function differenceLines(verdict: Verdict & { outcome: "failed" }, page: Page): string[] {
  const { difference, sent } = verdict;
  const place = difference?.request ?? sent.length;
  const prompt = sent[place - 1];
  if (prompt === undefined) return printedLines(verdict, page);
  const { missing, unwanted } = difference ?? {};
  const count = sent.length === 1 ? "" : ` (request ${place} of ${sent.length})`;
  const { style, width } = page;
  const lacking = missing === undefined ? [] : marked("+", `not sent: ${missing}`, width);
  return [
    "",
    ...wrap(`What was sent${count}:`, width).map((line) => style.faint(line)),
    ...clipped(promptLines(prompt, unwanted, page), page),
    ...lacking.map((line) => style.good(line)),
    ...printedLines(verdict, page),
  ];
}

/** The messages of a prompt; a line with what should not be there is marked with a minus. */
export function promptLines(
  prompt: SentPrompt,
  unwanted: string | undefined,
  { width, style }: Pick<Page, "width" | "style">,
): string[] {
  const { messages, tools = [], schema } = cleanAll(prompt);
  const lines = messages.flatMap(({ role, text, calls = [] }) => {
    const asked = calls.map((call) => `${role} calls ${call.name}(${call.arguments})`);
    return text === "" && asked.length > 0 ? asked : [`${role}: ${text}`, ...asked];
  });
  if (tools.length > 0) lines.push(`tools: ${tools.join(", ")}`);
  if (schema !== undefined) lines.push(`schema of the reply: ${schema}`);
  return lines.flatMap((whole) =>
    whole.split("\n").flatMap((line, at) => {
      const isUnwanted =
        unwanted !== undefined &&
        (line.includes(unwanted) ||
          (at > 0 && unwanted.includes(line.trim()) && line.trim() !== ""));
      const shown = marked(isUnwanted ? "-" : " ", line, width);
      return isUnwanted ? shown.map((part) => style.bad(part)) : shown;
    }),
  );
}

const painted = (lines: string[], paint: (text: string) => string) =>
  lines.map((line) => paint(line));

/** A text of which each line begins with a mark: colour alone tells nothing. */
const marked = (mark: string, text: string, width: number) =>
  wrap(text, width - 2).map((line, at) => `${at === 0 ? mark : " "} ${line}`);

/** What does not fit is left out before and after the lines that matter. */
function clipped(lines: string[], { promptLines: most = lines.length, style }: Page): string[] {
  if (lines.length <= most) return lines;
  const matters = lines.findIndex((line) => line.includes("- "));
  const from =
    matters < 0 ? lines.length - most : Math.max(0, Math.min(matters - 2, lines.length - most));
  const before = from > 0 ? [style.faint(`  … ${countOf(from, "line")} before; p shows all`)] : [];
  const left = lines.length - from - most;
  const after = left > 0 ? [style.faint(`  … ${countOf(left, "line")} after; p shows all`)] : [];
  return [...before, ...lines.slice(from, from + most), ...after];
}

function placeLines(place: Place | undefined, { pathOf, style }: Page): string[] {
  return place ? [style.strong(`${pathOf(place.file)}:${place.line}`)] : [];
}

function printedLines({ printed }: Verdict, { width, style }: Page): string[] {
  const lines = printed.trimEnd().split("\n");
  if (printed.trim() === "") return [];
  const shown = lines.slice(0, PRINTED).flatMap((line) => wrap(`  ${line}`, width));
  const left = lines.length - PRINTED;
  const more = left > 0 ? [style.faint("  … and more")] : [];
  return ["", style.faint("It printed:"), ...shown, ...more];
}

const PRINTED = 5;

/** What is asked, in one line or a few where the screen is narrow. */
export function headingLines({ number, name, title, task }: Exercise, page: Page): string[] {
  const { style, width } = page;
  return [
    ...wrap(`Exercise ${number}, ${name}: ${title}`, width).map((line) => style.title(line)),
    ...wrap(task, width),
  ];
}

/** Markdown as a hint has it: paragraphs are wrapped, code stays as it is. */
export function proseLines(
  text: string,
  { width, style }: Pick<Page, "width" | "style">,
): string[] {
  const parts = text.split(/^(```[\s\S]*?^```)$/m).filter((part) => part.trim() !== "");
  const blocks = parts.flatMap((part) => {
    if (part.startsWith("```")) return [part.split("\n").slice(1, -1)];
    const paragraphs = part.trim().split(/\n{2,}/);
    return paragraphs.map((one) => wrap(styleProse(one.replace(/\n/g, " "), style), width));
  });
  return blocks.flatMap((lines, at) => (at === 0 ? lines : ["", ...lines]));
}

/** Keys in as few lines as hold them. */
export function keyRows(keys: string[], width: number): string[] {
  const rows: string[] = [];
  for (const key of keys) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 3 + key.length <= width)
      rows[rows.length - 1] = `${last} · ${key}`;
    else rows.push(key);
  }
  return rows;
}
