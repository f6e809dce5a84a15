import type { Style } from "../term/style.ts";
import { truncate, wrap } from "../term/text.ts";
import type { KeyName } from "./keys.ts";

/** A list to choose from: where the cursor stands, and what is chosen once it is. */
export interface ChooseState {
  /** -1 while the cursor stands nowhere: Enter alone must not answer */
  at: number;
  /** what was typed to find a choice: digits of its number, or letters of its text */
  typed?: string;
  /** Enter was pressed while the cursor stood nowhere */
  missed?: boolean;
  /** undefined while choosing, null when given up */
  chosen?: string | null;
  /** q or Ctrl-D was pressed: the learner leaves altogether */
  quits?: true;
}

/** A list that is longer is scrolled and searched; in a shorter one a digit takes at once. */
const SHORT = 9;
const PAGE = 10;

/**
 * What a key does to the list. Arrows, Home, End, PgUp and PgDn move, Enter takes, Escape gives up.
 * A digit means a choice's number, or in a list of numbers the number itself; letters find a text.
 */
export function choose(state: ChooseState, key: KeyName, choices: string[]): ChooseState {
  const { at, typed = "" } = state;
  const last = choices.length - 1;
  const moved = MOVES[key]?.(at, last);
  if (moved !== undefined) return { at: Math.max(0, Math.min(last, moved)) };
  if (key === "enter") return at < 0 ? { at, missed: true } : { at, chosen: choices[at] ?? null };
  if (key === "escape") return { at, chosen: null };
  if (key === "ctrl-d") return { at, chosen: null, quits: true };
  if (key.length !== 1) return state;
  const found = [typed + key, key]
    .map((text) => find(text, choices))
    .find((place) => place !== undefined);
  if (found !== undefined) return take(found, key, state, choices);
  if (key === "q") return { at, chosen: null, quits: true };
  if (key === "s") return { at, chosen: null };
  if (key === "k") return { at: at <= 0 ? last : at - 1 };
  if (key === "j") return { at: at === last ? 0 : at + 1 };
  return { at };
}

const MOVES: Record<string, (at: number, last: number) => number> = {
  up: (at, last) => (at <= 0 ? last : at - 1),
  down: (at, last) => (at === last ? 0 : at + 1),
  tab: (at, last) => (at === last ? 0 : at + 1),
  home: () => 0,
  end: (_, last) => last,
  pageup: (at) => at - PAGE,
  pagedown: (at) => at + PAGE,
};

/** The place of the choice that was typed: by its number, or by how its text begins. */
function find(typed: string, choices: string[]): number | undefined {
  const isNumber = /^\d+$/.test(typed);
  if (isNumber && !areNumbers(choices)) {
    const place = Number(typed) - 1;
    return choices[place] === undefined ? undefined : place;
  }
  const texts = choices.map((choice) => choice.trim().toLowerCase());
  const wanted = typed.toLowerCase();
  const at = texts.findIndex((text) => text.startsWith(wanted));
  if (at >= 0 || isNumber || choices.length <= SHORT) return at < 0 ? undefined : at;
  const inside = texts.findIndex((text) =>
    text.split(/[\s/]+/).some((word) => word.startsWith(wanted)),
  );
  return inside < 0 ? undefined : inside;
}

/** A choice that can be meant in no other way is taken at once; otherwise the cursor goes there. */
function take(
  at: number,
  key: KeyName,
  { typed = "" }: ChooseState,
  choices: string[],
): ChooseState {
  const more = find(typed + key, choices) === at ? typed + key : key;
  const text = choices[at]?.trim().toLowerCase() ?? "";
  const isDigit = /^\d$/.test(key);
  const others = choices.filter((choice) =>
    choice.trim().toLowerCase().startsWith(more.toLowerCase()),
  );
  const isWhole = text === more.toLowerCase() && others.length === 1;
  const isPlace = isDigit && !areNumbers(choices) && choices.length <= SHORT;
  if (isPlace || (isWhole && choices.length <= SHORT)) return { at, chosen: choices[at] ?? null };
  return { at, typed: more };
}

/** Places beside numbers would be read as the answers. */
function areNumbers(choices: string[]): boolean {
  return choices.some((choice) => /^\s*\d/.test(choice));
}

/** The question and the list as lines that fit the screen; a long list scrolls. */
export function chooseLines(
  question: string,
  choices: string[],
  { at, typed = "", missed = false }: ChooseState,
  screen: { width: number; height: number; style: Style },
): string[] {
  const { width, height, style } = screen;
  const head = wrap(`${style.strong("?")} ${question}`, width);
  const room = Math.max(3, height - head.length - 4);
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), choices.length - room));
  const digits = String(choices.length).length;
  const isNumbered = !areNumbers(choices);
  const shown = choices.slice(from, from + room).map((choice, index) => {
    const place = from + index;
    const number = isNumbered ? `${String(place + 1).padStart(digits)} ` : "";
    const text = truncate(`${place === at ? "›" : " "} ${number}${choice}`, width);
    return place === at ? style.strong(text) : text;
  });
  const place = `  (${Math.max(0, at) + 1} of ${choices.length}${typed === "" ? "" : `, typed: ${typed}`})`;
  const more = choices.length > room ? [style.faint(place)] : [];
  const keys = width < 60 ? "↑↓ Enter · Esc skips · q quits" : hint(choices, isNumbered);
  const [look, first] = missed ? [style.strong, "Choose first: "] : [style.faint, ""];
  return ["", ...head, ...shown, ...more, look(truncate(`  ${first}${keys}`, width))];
}

function hint(choices: string[], isNumbered: boolean): string {
  const how = isNumbered ? "a number" : "type the answer";
  const find = choices.length > SHORT ? ` or the beginning of a word, Home, End` : "";
  return `↑ ↓ and Enter, or ${how}${find} · Esc skips · q quits`;
}
