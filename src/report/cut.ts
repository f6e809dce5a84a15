import { formatCount } from "../format.ts";
import { type PromptLine, runsOf } from "../trace/prompt-lines.ts";

/** How much of a run a report has room for. */
export interface Limits {
  /** characters of one text */
  text: number;
  /** blocks of one part, and parts of one part */
  items: number;
  /** calls of one step; otherwise they are items like others */
  calls?: number;
}

/** Tried in order until a report is small enough. */
export const LIMITS: readonly [Limits, ...Limits[]] = [
  { text: 20_000, items: 1000 },
  { text: 5000, items: 400 },
  { text: 2000, items: 150 },
  { text: 600, items: 60 },
  { text: 200, items: 12 },
];

/** A text whose middle is left out where it is longer than `most` characters. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = wholeTo(text, Math.ceil((most * 2) / 3));
  const tail = wholeFrom(text, text.length - Math.floor(most / 3));
  const left = text.length - head.length - tail.length;
  return `${head}\n… ${formatCount(left)} characters are left out …\n${tail}`;
}

/** The beginning of a text, on one line. */
export function beginningOf(text: string, most: number): string {
  const line = text
    .slice(0, most * 2)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > most ? `${wholeTo(line, most - 1)}…` : line;
}

/** The lines at both ends of a prompt, where it has more than `most` characters. */
export function cutLines(lines: readonly PromptLine[], most: number): PromptLine[] {
  if (lengthOf(lines) <= most) return [...lines];
  const shortened = lines.map((line) => ({
    ...line,
    pieces: line.pieces.map((piece) => ({ ...piece, text: cutText(piece.text, most) })),
  }));
  const head = takeWhile(shortened, (most * 2) / 3);
  const tail = takeWhile(shortened.slice(head.length).reverse(), most / 3).reverse();
  const left = shortened.slice(head.length, shortened.length - tail.length);
  if (left.length === 0) return shortened;
  return [...head, gapLine(left.length, "lines are left out", left[0]?.label ?? ""), ...tail];
}

/** Without the lines between those that are new: the prompt that it is held against has them. */
export function cutKnown(lines: readonly PromptLine[], from: string): PromptLine[] {
  return runsOf(lines, ({ isNew }) => isNew).flatMap((run) => {
    if (run[0]?.isNew || run.length <= MOST_KNOWN) return run;
    const [first, next, last] = [run[0], run[1], run.at(-1)] as [
      PromptLine,
      PromptLine,
      PromptLine,
    ];
    return [first, gapLine(run.length - 2, `lines as in ${from}`, next.label), last];
  });
}

const MOST_KNOWN = 4;

/** A line that stands for lines that are left out. */
function gapLine(count: number, what: string, label: string): PromptLine {
  const text = `… ${formatCount(count)} ${what} …`;
  return { pieces: [{ origin: "template", text }], label, filled: [], isNew: false };
}

/** Both ends of a list, and how many items between them are left out. */
export function cutItems<T>(items: readonly T[], most: number): { kept: [T[], T[]]; left: number } {
  if (items.length <= most) return { kept: [[...items], []], left: 0 };
  const head = Math.ceil((most * 2) / 3);
  const tail = most - head;
  const kept: [T[], T[]] = [items.slice(0, head), items.slice(items.length - tail)];
  return { kept, left: items.length - most };
}

/** At most `most` of a list, at even distances, the last among them. */
export function evenly<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const every = items.length / most;
  return Array.from({ length: most }, (_, at) => items[Math.ceil((at + 1) * every) - 1] as T);
}

function takeWhile(lines: readonly PromptLine[], room: number): PromptLine[] {
  let used = 0;
  const end = lines.findIndex((line) => {
    used += lengthOf([line]);
    return used > room;
  });
  // One line stands for a text even where it fills the room alone.
  return lines.slice(0, end < 0 ? lines.length : Math.max(1, end));
}

function lengthOf(lines: readonly PromptLine[]): number {
  return lines.reduce(
    (sum, line) => sum + line.pieces.reduce((length, { text }) => length + text.length + 1, 0),
    0,
  );
}

const SIGNS = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** The longest sign of several characters, such as a family of four, is shorter. */
const LONGEST_SIGN = 64;

/** No sign is cut in two, such as an emoji of several characters. */
const wholeTo = (text: string, end: number) => text.slice(0, signAt(text, end)?.start ?? end);
const wholeFrom = (text: string, start: number) => {
  const sign = signAt(text, start);
  return text.slice(sign && sign.start < start ? sign.end : start);
};

/** Where the sign begins and ends that a character belongs to. */
function signAt(text: string, at: number): { start: number; end: number } | undefined {
  const from = Math.max(0, at - LONGEST_SIGN);
  const found = SIGNS.segment(text.slice(from, at + LONGEST_SIGN)).containing(at - from);
  return found && { start: from + found.index, end: from + found.index + found.segment.length };
}
