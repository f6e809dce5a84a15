import type { Style } from "../term/style.ts";
import { type ChooseState, choose, chooseLines } from "./choose.ts";
import { eraseLines, HIDE_CURSOR, SHOW_CURSOR } from "./escapes.ts";
import type { KeyName } from "./keys.ts";
import type { Question } from "./port.ts";

interface ChoiceScreen {
  size(): { width: number; height: number; style: Style };
  write(text: string): void;
  /** the next key; meanwhile `draw` is what stands at the bottom */
  next(draw: () => string): Promise<KeyName>;
  /** makes room for this many lines below what has been read */
  makeRoom(lines: number): Promise<void>;
  /** whether keys are kept that come too fast */
  keepAhead(on: boolean): void;
  /** whether the learner has left */
  isOver(): boolean;
  leave(): void;
}

/** Lets the learner choose from a list below what was printed; null when it is given up. */
export async function askChoice(
  { question, choices, start }: Extract<Question, { kind: "choice" }>,
  screen: ChoiceScreen,
): Promise<string | null> {
  let state: ChooseState = { at: start === undefined ? -1 : choices.indexOf(start) };
  let height = 0;
  const draw = () => {
    const lines = chooseLines(question, choices, state, screen.size());
    height = lines.length;
    return lines.join("\n");
  };
  draw();
  await screen.makeRoom(height);
  if (screen.isOver()) return null;
  screen.write(`${HIDE_CURSOR}${draw()}`);
  screen.keepAhead(true);
  while (state.chosen === undefined) {
    const key = await screen.next(draw);
    state = screen.isOver() ? { ...state, chosen: null } : choose(state, key, choices);
    screen.write(eraseLines(height) + (state.chosen === undefined ? draw() : ""));
  }
  screen.keepAhead(false);
  screen.write(SHOW_CURSOR);
  if (state.quits) screen.leave();
  return state.chosen;
}
