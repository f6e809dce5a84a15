const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * A share from 0 to 1 as a bar, exact to an eighth of a column; what is not nothing can be seen.
 */
export function bar(share: number, width: number): string {
  if (!(share > 0)) return "";
  const eighths = Math.max(1, Math.round(Math.min(1, share) * width * 8));
  return "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

/**
 * How far something has come, as a heavy line, and the light line that is left; together `width`
 * columns.
 */
export function progressBar(share: number, width: number): [done: string, left: string] {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * width * 2);
  const done = "━".repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? "╸" : "");
  return [done, "─".repeat(width - done.length)];
}
