import type { Style } from "../term/style.ts";
import { widthOf } from "../term/text.ts";
import type { KeyName } from "./keys.ts";
import type { Move, Question } from "./port.ts";

type MoveQuestion = Extract<Question, { kind: "move" }>;

/** What a key asks for at a pause: a move, or one of the stage's own doings. */
export type Wish = Move | "fold" | "help" | undefined;

const KEYS: Record<string, Exclude<Wish, undefined>> = {
  enter: "next",
  space: "next",
  n: "next",
  right: "next",
  a: "again",
  r: "again",
  b: "back",
  left: "back",
  e: "edit",
  o: "ask",
  w: "write",
  q: "quit",
  "ctrl-d": "quit",
  f: "fold",
  "?": "help",
  h: "help",
};

export function wishOf(key: KeyName, question: MoveQuestion): Wish {
  const wish = KEYS[key];
  if (question.at === "failed" && (key === "enter" || key === "space")) return "again";
  if (wish === undefined || wish === "fold" || wish === "help") return wish;
  return question.choices.includes(wish) ? wish : undefined;
}

/** The line of keys at the bottom: as many as fit, the important ones first. */
export function keyLine(
  question: MoveQuestion,
  width: number,
  style: Style,
  unfolded: boolean,
): string {
  const { at, choices } = question;
  const enter = { before: "Enter runs it", after: "Enter next", failed: "Enter tries again" }[at];
  const entries: [string, string, boolean][] = [
    ["", enter, true],
    ["a", "again", choices.includes("again") && at === "after"],
    ["n", "go on without it", at === "failed" && choices.includes("next")],
    ["e", "edit", choices.includes("edit")],
    ["o", "talk", choices.includes("ask")],
    ["b", "back", choices.includes("back")],
    ["f", unfolded ? "fold" : "unfold", true],
    ["?", "keys", true],
    ["q", "quit", true],
  ];
  const offered = entries
    .filter(([, , isOffered]) => isOffered)
    .map(([key, what]) => [key, what] as const);
  const line = (list: typeof offered) =>
    list.map(([key, what]) => (key === "" ? what : `${key} ${what}`)).join(" · ");
  const essential = offered.filter(([key]) => ["", "n", "?", "q"].includes(key));
  const fitting = [offered, essential, essential.slice(0, 2)].find(
    (list) => widthOf(line(list)) <= width - 1,
  );
  return style.faint(line(fitting ?? essential.slice(0, 1)));
}

/** All keys, one a line. */
export function keyHelp(question: MoveQuestion): string[] {
  const lines: [Move | undefined, string][] = [
    ["next", NEXT[question.at]],
    ["again", `${question.at === "failed" ? "Enter, a" : "a      "} run the step again`],
    ["edit", "e       change a param, then run the step again"],
    ["ask", "o       talk to what the step built: the panel's last line returns it"],
    ["write", "w       write the step as a program of yours into this folder"],
    ["back", "b       go back a step"],
    [undefined, "f       unfold long prompts, or fold them again"],
    ["quit", "q       leave the lesson"],
    [undefined, "Ctrl-C  leave at once"],
  ];
  return lines
    .filter(([move]) => move === undefined || question.choices.includes(move))
    .map(([, line]) => line);
}

const NEXT = {
  before: "Enter   run the step",
  after: "Enter   go on",
  failed: "n       go on without this step",
};

/** The line at a full page. */
export function moreLine(width: number): string {
  const line = "more: Enter · c without pauses · ? keys · q quit";
  return line.length < width ? line : "more: Enter";
}

/** The keys at a full page. */
export const MORE_HELP = [
  "Enter   show what follows",
  "c       show the rest of the step without pauses",
  "f       unfold long prompts, or fold them again",
  "q       leave the lesson",
  "Ctrl-C  leave at once",
];
