import { diffArrays } from "diff";
import { clean } from "../clean.ts";
import { padEnd, wrap } from "../term/text.ts";
import type { EventOf, Origin, PromptMessage } from "../trace/events.ts";
import type { Look } from "./look.ts";

interface Piece {
  origin: Origin;
  text: string;
}

/** A line of a prompt: its pieces, whether it is new, and what it is called in the margin. */
interface PromptLine {
  pieces: Piece[];
  label: string;
  /** pieces that were filled into a template, where colour does not show them */
  filled: Piece[];
  isNew: boolean;
}

const RANK: Origin[] = ["template", "history", "summary", "context", "call", "result", "input"];
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
  const lines = messages.flatMap((message) => linesOf(message, showRoles, look.style.level > 0));
  markNew(lines, previous);
  return blocksOf(lines).flatMap((block) => drawBlock(block, previous !== undefined, look));
}

/** The prompts that were shown, for finding what is new in the next. */
export interface PromptState {
  /** the prompts of each caller and purpose in this step */
  prompts: Map<string, string[]>;
  calls: Map<number, EventOf<"call-start">>;
}

/** The prompt that a call's is held against: the one that it says, else the nearest of its caller. */
export function previousPrompt(
  event: EventOf<"call-start">,
  { prompts, calls }: PromptState,
): string | undefined {
  if (event.follows !== undefined) {
    const followed = event.follows === null ? undefined : calls.get(event.follows);
    // Roles are named where there are several; they are not what is new.
    return followed && promptText(followed.messages, event.messages.length > 1);
  }
  const key = `${event.caller} ${event.purpose}`;
  const before = prompts.get(key) ?? [];
  const text = promptText(event.messages);
  prompts.set(key, [...before, text]);
  return nearestTo(text, before);
}

/** A prompt as one text, for comparing it with the next. */
function promptText(messages: PromptMessage[], showRoles = messages.length > 1): string {
  return messages
    .flatMap((message) => linesOf(message, showRoles, true))
    .map(textOf)
    .join("\n");
}

/** The prompt that shares the most lines: the one before it in the same conversation. */
function nearestTo(text: string, before: string[]): string | undefined {
  const lines = new Set(text.split("\n"));
  const shared = (other: string) => other.split("\n").filter((line) => lines.has(line)).length;
  let nearest: { other: string; count: number } | undefined;
  for (const other of before) {
    const count = shared(other);
    if (!nearest || count >= nearest.count) nearest = { other, count };
  }
  return nearest?.other;
}

function linesOf(
  { role, name, parts }: PromptMessage,
  showRole: boolean,
  isColoured: boolean,
): PromptLine[] {
  const lines: Piece[][] = [[]];
  for (const { origin, text } of parts) {
    const [first = "", ...more] = clean(text).split("\n");
    if (first !== "") lines.at(-1)?.push({ origin, text: first });
    for (const line of more) lines.push(line === "" ? [] : [{ origin, text: line }]);
  }
  const template = role === "system" ? "system" : "template";
  let label = template;
  return lines.map((pieces, at) => {
    const isMixed = pieces.some(isTemplate) && !pieces.every(isTemplate);
    const filled = isMixed && !isColoured ? pieces.filter((piece) => !isTemplate(piece)) : [];
    const origin = filled.length > 0 ? "template" : originOf(pieces);
    if (origin !== undefined) label = origin === "template" ? template : origin;
    if (at === 0 && showRole)
      pieces.unshift({
        origin: "template",
        text: `${role}${name === undefined ? "" : ` ${clean(name)}`}: `,
      });
    return { pieces, label, filled, isNew: false };
  });
}

const isTemplate = ({ origin }: Piece) => origin === "template";

/** The origin of a line is that of its most telling piece. */
function originOf(pieces: Piece[]): Origin | undefined {
  return RANK[Math.max(...pieces.map((piece) => RANK.indexOf(piece.origin)))];
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
  const drawn = block.flatMap((line) => [
    ...wrapPieces(line, room, look).map((text, at) => ({
      text,
      mark: line.isNew && at === 0 ? style.fresh("+") : " ",
    })),
    ...line.filled.flatMap(({ origin, text }) =>
      wrap(narrow ? `(${origin}: ${text})` : text, room).map((part, at) => ({
        text: part,
        mark: " ",
        label: at === 0 && !narrow ? `+ ${origin}` : "",
      })),
    ),
  ]);
  const asBefore =
    ["template", "system"].includes(label) && comparing && !block.some((line) => line.isNew);
  const lines = fold(drawn, asBefore, room, look);
  const margin = (text: string) => (narrow ? "  " : ` ${style.faint(padEnd(text, LABEL_WIDTH))} `);
  const body = lines.map(({ text, mark, label: own }, at) => {
    const bar = style.faint(own === undefined ? "│" : "┆");
    return `${margin(own ?? (at === 0 ? label : ""))}${bar}${mark}${text}`.trimEnd();
  });
  return narrow ? [`  ${style.faint(label)}`, ...body] : body;
}

interface Row {
  text: string;
  mark: string;
  /** what stands in the margin; undefined where the block's label does */
  label?: string;
}

/** Lines of a block that were folded away leave a line that says so. */
function fold(lines: Row[], asBefore: boolean, room: number, look: Look): Row[] {
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
