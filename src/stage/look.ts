import type { Style } from "../term/style.ts";

/** How a run is drawn: fixed for one drawing, made anew when the width changes. */
export interface Look {
  /** columns of text, at most 100: longer lines are hard to read */
  width: number;
  style: Style;
  /** whether long prompts are shown whole */
  unfolded: boolean;
  /** what a folded place says about how to see the rest */
  foldHint: string;
  highlight(code: string): string;
}

export const WIDEST = 100;

export const indent = (lines: string[], by: number) => lines.map((line) => " ".repeat(by) + line);
