/** The cells of a Markdown table, a row each, without its head; the table is named by its first heading. */
export function readTable(page: string, heading: string): string[][] {
  const lines = page.split("\n");
  const head = lines.findIndex((line) => cellsOf(line)[0] === heading);
  if (head < 0) throw new Error(`there is no table that begins with "${heading}"`);
  const rest = lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith("|"));
  return rest.slice(0, end < 0 ? undefined : end).map(cellsOf);
}

/** What stands in backticks. */
export function wordsIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word);
}

function cellsOf(line: string): string[] {
  if (!line.startsWith("|")) return [];
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
