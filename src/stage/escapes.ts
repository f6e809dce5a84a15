/** The escape codes that the terminal stage writes. */
export const ERASE_LINE = "\r\u001b[2K";
export const ERASE_SCREEN = "\u001b[2J\u001b[H";
export const SHOW_CURSOR = "\u001b[?25h";
export const HIDE_CURSOR = "\u001b[?25l";

/** Goes back to the first of so many lines, of which the cursor stands in the last. */
export function toFirst(count: number): string {
  return `\r${count > 1 ? `\u001b[${count - 1}A` : ""}`;
}

/** Goes back to the first of so many lines, and erases them. */
export function eraseLines(count: number): string {
  return `${toFirst(count)}\u001b[J`;
}
