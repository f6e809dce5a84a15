import { padEnd, wrap } from "../term/text.ts";
import type { PromptMessage } from "../trace/events.ts";
import {
  blocksOf,
  type EarlierPrompt,
  linesOfPrompt,
  markNew,
  type PromptLine,
} from "../trace/prompt-lines.ts";
import type { Look } from "./look.ts";

const LABEL_WIDTH = 9;
/** Below this width a label stands on a line of its own. */
const NARROW = 60;

/**
 * A prompt as it was sent, line by line, with where each line came from in the margin,
 * and a plus before each line that the previous prompt of the same kind did not have.
 */
export function promptLines(
  messages: PromptMessage[],
  previous: EarlierPrompt | undefined,
  look: Look,
): string[] {
  const lines = linesOfPrompt(messages, look.style.level > 0);
  markNew(lines, previous);
  return blocksOf(lines).flatMap((block) => drawBlock(block, previous !== undefined, look));
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
