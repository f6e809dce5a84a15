import { diffArrays } from "diff";
import { clean } from "../clean.ts";
import type { EventOf, Origin, PromptMessage } from "./events.ts";

/** A piece of a line of a prompt, with one origin. */
export interface Piece {
  origin: Origin;
  /** the template variable that it was filled into, where there is one */
  variable?: string;
  text: string;
}

/** A line of a prompt: its pieces, whether it is new, and what it is called in the margin. */
export interface PromptLine {
  pieces: Piece[];
  label: string;
  /** pieces that were filled into a template, where colour does not show them */
  filled: Piece[];
  isNew: boolean;
}

/** The prompt that another is held against: the call that sent it, and its lines. */
export interface EarlierPrompt {
  call: number;
  lines: string[];
}

/** The prompts that were shown, for finding what is new in the next. */
export interface PromptState {
  /** the prompts of each caller and purpose in this step */
  prompts: Map<string, EarlierPrompt[]>;
  calls: Map<number, EventOf<"call-start">>;
}

/** Prompts of one caller that the next is held against: all of them takes a time like a square. */
const MOST_COMPARED = 50;

const RANK: Origin[] = ["template", "history", "summary", "context", "call", "result", "input"];

/**
 * The lines of a prompt as it was sent, each with where it came from.
 *
 * @param isColoured whether pieces of a line are told apart; where not, a line that mixes a
 *   template with what was filled in has the latter in `filled`, too
 */
export function linesOfPrompt(
  messages: readonly PromptMessage[],
  isColoured: boolean,
  showRoles = messages.length > 1,
): PromptLine[] {
  return messages.flatMap((message) => linesOf(message, showRoles, isColoured));
}

/**
 * The prompt that a call's is held against: the one that it says, else the nearest of its caller.
 */
export function previousPrompt(
  event: EventOf<"call-start">,
  state: PromptState,
): EarlierPrompt | undefined {
  return keepPrompt(event, state)();
}

/** Keeps a prompt for those to come. @returns what finds, later or never, the one before it */
export function keepPrompt(
  event: EventOf<"call-start">,
  { prompts, calls }: PromptState,
): () => EarlierPrompt | undefined {
  const { call, messages } = event;
  if (event.follows !== undefined) {
    const followed = event.follows === null ? undefined : calls.get(event.follows);
    // Roles are named where there are several; they are not what is new.
    return () =>
      followed && {
        call: followed.call,
        lines: textsOf(linesOfPrompt(followed.messages, true, messages.length > 1)),
      };
  }
  const key = `${event.caller} ${event.purpose}`;
  const before = prompts.get(key) ?? [];
  const lines = textsOf(linesOfPrompt(messages, true));
  prompts.set(key, [...before, { call, lines }].slice(-MOST_COMPARED));
  return () => nearestTo(lines, before);
}

/** The words of lines, for comparing them with those of another prompt. */
export const textsOf = (lines: readonly PromptLine[]): string[] => lines.map(textOf);

/**
 * Marks the lines that an earlier prompt did not have.
 *
 * @returns the lines of the earlier prompt that are not in this one
 */
export function markNew(lines: PromptLine[], previous: EarlierPrompt | undefined): string[] {
  if (previous === undefined) return [];
  const gone: string[] = [];
  let at = 0;
  for (const { added, removed, value } of diffArrays(previous.lines, textsOf(lines))) {
    if (removed) {
      gone.push(...value.filter((line) => line.trim() !== ""));
      continue;
    }
    for (const line of lines.slice(at, at + value.length))
      line.isNew = added && textOf(line).trim() !== "";
    at += value.length;
  }
  return gone;
}

/** Lines that follow each other and are called the same in the margin. */
export const blocksOf = (lines: readonly PromptLine[]): PromptLine[][] =>
  runsOf(lines, ({ label }) => label);

/** Lines that follow each other and are alike. */
export function runsOf(
  lines: readonly PromptLine[],
  likeness: (line: PromptLine) => string | boolean,
): PromptLine[][] {
  const runs: PromptLine[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run?.[0] && likeness(run[0]) === likeness(line)) run.push(line);
    else runs.push([line]);
  }
  return runs;
}

/** The prompt that shares the most lines: the one before it in the same conversation. */
function nearestTo(lines: readonly string[], before: EarlierPrompt[]): EarlierPrompt | undefined {
  const own = new Set(lines);
  let nearest: { other: EarlierPrompt; count: number } | undefined;
  for (const other of before) {
    const count = other.lines.filter((line) => own.has(line)).length;
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
  for (const { origin, variable, text } of parts) {
    const from = { origin, ...(variable !== undefined && { variable }) };
    const [first = "", ...more] = clean(text).split("\n");
    if (first !== "") lines.at(-1)?.push({ ...from, text: first });
    for (const line of more) lines.push(line === "" ? [] : [{ ...from, text: line }]);
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
