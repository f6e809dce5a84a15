import type { Style } from "../term/style.ts";
import { truncate, wrap } from "../term/text.ts";
import type { KeyName } from "./keys.ts";

/** A list to choose from: where the cursor stands, and what is chosen once it is. */
export interface ChooseState {
  at: number;
  /** undefined while choosing, null when given up */
  chosen?: string | null;
}

/** What a key does to the list: arrows move, Enter takes, a figure takes at once, Escape gives up. */
export function choose(state: ChooseState, key: KeyName, choices: string[]): ChooseState {
  const last = choices.length - 1;
  if (key === "up" || key === "k") return { at: state.at === 0 ? last : state.at - 1 };
  if (key === "down" || key === "j" || key === "tab")
    return { at: state.at === last ? 0 : state.at + 1 };
  if (key === "enter") return { ...state, chosen: choices[state.at] ?? null };
  if (["escape", "ctrl-d", "q", "s"].includes(key) && !startsOne(key, choices))
    return { ...state, chosen: null };
  const numbered = /^[1-9]$/.test(key) ? choices[Number(key) - 1] : undefined;
  if (numbered !== undefined && choices.length < 10) return { ...state, chosen: numbered };
  const initial = choices.filter((choice) =>
    choice.trim().toLowerCase().startsWith(key.toLowerCase()),
  );
  return key.length === 1 && initial.length === 1
    ? { at: choices.indexOf(initial[0] ?? "") }
    : state;
}

const startsOne = (key: KeyName, choices: string[]) =>
  key.length === 1 && choices.some((choice) => choice.trim().toLowerCase().startsWith(key));

/** The question and the list as lines that fit the screen; a long list scrolls. */
export function chooseLines(
  question: string,
  choices: string[],
  { at }: ChooseState,
  screen: { width: number; height: number; style: Style },
): string[] {
  const { width, height, style } = screen;
  const head = wrap(`${style.strong("?")} ${question}`, width);
  const room = Math.max(3, height - head.length - 4);
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), choices.length - room));
  const shown = choices.slice(from, from + room).map((choice, index) => {
    const place = from + index;
    const number = choices.length < 10 ? `${place + 1} ` : "";
    const text = truncate(`${place === at ? "›" : " "} ${number}${choice}`, width);
    return place === at ? style.strong(text) : text;
  });
  const more = choices.length > room ? [style.faint(`  (${at + 1} of ${choices.length})`)] : [];
  const keys = width < 60 ? "↑↓ Enter · Esc skips" : "↑ ↓ and Enter, or a number · Esc skips";
  return ["", ...head, ...shown, ...more, style.faint(truncate(`  ${keys}`, width))];
}
