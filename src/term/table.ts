import { padEnd, truncate, widthOf, wrap } from "./text.ts";

/** A column of text that is narrower is hard to read. */
const FEWEST_LETTERS = 9;

/**
 * A table as lines of at most `width` columns. Cells wrap where the table would be too wide;
 * figures stand right. Where that would break figures, or leave a few letters a line, each row is a
 * list of its cells instead.
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
  const least = columns.map((_, at) => {
    const data = Math.max(1, ...rows.map((row) => widthOf(row[at] ?? "")));
    return isFigure[at] ? data : Math.min(data, FEWEST_LETTERS);
  });
  if (widths.some((cell, at) => cell < least[at]!)) return list(columns, rows, width, header);
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

/** Rows one below the other, each cell behind the name of its column. */
function list(
  columns: string[],
  rows: string[][],
  width: number,
  header: (text: string) => string,
): string[] {
  const widest = Math.min(Math.max(...columns.map(widthOf)), Math.floor(width / 2) - 2);
  return rows.flatMap((row, at) => [
    ...(at > 0 ? [""] : []),
    ...row.flatMap((cell, place) => {
      const name = truncate(columns[place] ?? "", widest);
      const label = padEnd(header(name), widest + 2);
      return wrap(cell, width - widest - 2).map(
        (line, below) => (below === 0 ? label : " ".repeat(widest + 2)) + line,
      );
    }),
  ]);
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
