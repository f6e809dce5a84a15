/** A table for a terminal: the first column to the left, the others, which are figures, to the right. */
export function table(head: string[], rows: (string | number)[][], foot: string[][] = []): string {
  const all = [head, ...rows, ...foot].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(...all.map((row) => (row[at] ?? "").length)));
  const lines = all.map((row) =>
    widths
      .map((width, at) =>
        at === 0 ? (row[at] ?? "").padEnd(width) : (row[at] ?? "").padStart(width),
      )
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  const [first = "", ...others] = lines;
  const body = others.slice(0, rows.length);
  return [first, rule, ...body, ...(foot.length ? [rule] : []), ...others.slice(rows.length)].join(
    "\n",
  );
}

export const geometricMean = (values: number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
