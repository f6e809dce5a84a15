import { diffArrays } from "diff";
import { clean, padEnd, wrap } from "../term/text.ts";
import type { Origin, PromptMessage } from "../trace/events.ts";
import type { Look } from "./look.ts";

/** A line of a prompt: pieces by origin, whether it is new, and the label that its most telling piece gives it. */
interface PromptLine {
  pieces: { origin: Origin; text: string }[];
  label: string;
  isNew: boolean;
}

const RANK: Origin[] = ["template", "history", "summary", "context", "input"];
const LABEL_WIDTH = 9;
/** Below this width a label stands on a line of its own. */
const NARROW = 60;

/**
 * A prompt as it was sent, line by line, with where each line came from in the margin,
 * and a plus before each line that the previous prompt of the same kind did not have.
 */
export function promptLines(
  messages: PromptMessage[],
  previous: string | undefined,
  look: Look,
): string[] {
  const showRoles = messages.length > 1;
  const lines = messages.flatMap((message) => linesOf(message, showRoles));
  markNew(lines, previous);
  return blocksOf(lines).flatMap((block) => drawBlock(block, previous !== undefined, look));
}

/** A prompt as one text, for comparing it with the next. */
export function promptText(messages: PromptMessage[]): string {
  const showRoles = messages.length > 1;
  return messages
    .flatMap((message) => linesOf(message, showRoles))
    .map(textOf)
    .join("\n");
}

function linesOf({ role, name, parts }: PromptMessage, showRole: boolean): PromptLine[] {
  const lines: PromptLine["pieces"][] = [[]];
  for (const { origin, text } of parts) {
    const [first = "", ...more] = clean(text).split("\n");
    if (first !== "") lines.at(-1)?.push({ origin, text: first });
    for (const line of more) lines.push(line === "" ? [] : [{ origin, text: line }]);
  }
  let label = "template";
  return lines.map((pieces, at) => {
    if (at === 0 && showRole)
      pieces.unshift({
        origin: "template",
        text: `${role}${name === undefined ? "" : ` ${clean(name)}`}: `,
      });
    label = pieces.length === 0 ? label : labelOf(pieces);
    return { pieces, label, isNew: false };
  });
}

function labelOf(pieces: PromptLine["pieces"]): string {
  return RANK[Math.max(...pieces.map((piece) => RANK.indexOf(piece.origin)))] ?? "template";
}

function textOf(line: PromptLine): string {
  return line.pieces.map((piece) => piece.text).join("");
}

function markNew(lines: PromptLine[], previous: string | undefined): void {
  if (previous === undefined) return;
  let at = 0;
  for (const { added, removed, value } of diffArrays(previous.split("\n"), lines.map(textOf))) {
    if (removed) continue;
    for (const line of lines.slice(at, at + value.length))
      line.isNew = added && textOf(line).trim() !== "";
    at += value.length;
  }
}

function blocksOf(lines: PromptLine[]): PromptLine[][] {
  const blocks: PromptLine[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (last?.[0]?.label === line.label) last.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function drawBlock(block: PromptLine[], comparing: boolean, look: Look): string[] {
  const { style, width } = look;
  const label = block[0]?.label ?? "";
  const narrow = width < NARROW;
  const room = width - (narrow ? 4 : LABEL_WIDTH + 5);
  const drawn = block.flatMap((line) =>
    wrapPieces(line, room, look).map((text, at) => ({
      text,
      mark: line.isNew && at === 0 ? style.fresh("+") : " ",
    })),
  );
  const asBefore = label === "template" && comparing && !block.some((line) => line.isNew);
  const lines = fold(drawn, asBefore, room, look);
  const margin = (at: number) =>
    narrow ? "  " : ` ${style.faint(padEnd(at === 0 ? label : "", LABEL_WIDTH))} `;
  const body = lines.map(({ text, mark }, at) =>
    `${margin(at)}${style.faint("│")}${mark}${text}`.trimEnd(),
  );
  return narrow ? [`  ${style.faint(label)}`, ...body] : body;
}

/** Lines of a block that were folded away leave a line that says so. */
function fold(
  lines: { text: string; mark: string }[],
  asBefore: boolean,
  room: number,
  look: Look,
) {
  const note = (text: string) =>
    wrap(look.style.faint(text), room).map((line) => ({ text: line, mark: " " }));
  const full = lines.filter((line) => line.text.trim() !== "");
  if (look.unfolded) return lines;
  if (asBefore && full.length > 1)
    return note(`… ${full.length} lines as before (${look.foldHint})`);
  if (lines.length <= 10) return lines;
  const hidden = lines.length - 7;
  return [
    ...lines.slice(0, 4),
    ...note(`… ${hidden} lines folded (${look.foldHint})`),
    ...lines.slice(-3),
  ];
}

/** The pieces of a line, each in its colour, wrapped as one text. */
function wrapPieces(line: PromptLine, room: number, { style }: Look): string[] {
  const painted = line.pieces.map((piece) => style[piece.origin](piece.text)).join("");
  return wrap(painted, room);
}
