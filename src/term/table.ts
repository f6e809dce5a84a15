import { padEnd, widthOf, wrap } from "./text.ts";

/**
 * A table as lines of at most `width` columns. Cells wrap where the table would be too wide; figures stand right.
 *
 * @param header styles the heading of a column
 */
export function table(
  columns: string[],
  rows: string[][],
  width: number,
  header: (text: string) => string,
): string[] {
  const all = [columns, ...rows];
  const natural = columns.map((_, at) => Math.max(1, ...all.map((row) => widthOf(row[at] ?? ""))));
  const widths = shrink(natural, width - 2 * (columns.length - 1));
  const isFigure = columns.map((_, at) =>
    rows.every((row) => /^[\d.,$% -]*$|^(?:free|never)$/.test(row[at] ?? "")),
  );
  const draw = (row: string[], paint: (text: string) => string) => {
    const cells = widths.map((cell, at) => wrap(row[at] ?? "", cell));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      widths
        .map((cell, at) => {
          const text = cells[at]?.[line] ?? "";
          return paint(
            isFigure[at]
              ? " ".repeat(Math.max(0, cell - widthOf(text))) + text
              : padEnd(text, cell),
          );
        })
        .join("  ")
        .trimEnd(),
    );
  };
  const rule = widths.map((cell) => "─".repeat(cell)).join("  ");
  return [...draw(columns, header), rule, ...rows.flatMap((row) => draw(row, (text) => text))];
}

/** Takes width from the widest column until all fit. */
function shrink(natural: number[], room: number): number[] {
  const widths = [...natural];
  while (widths.reduce((sum, cell) => sum + cell, 0) > Math.max(room, widths.length)) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}
