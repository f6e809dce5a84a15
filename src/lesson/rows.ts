import { parse } from "csv-parse/sync";
import { LabError } from "../errors.ts";

/**
 * The rows of a table in CSV, by the names in its first line.
 *
 * @throws LabError for text that is no such table, or one without rows
 */
export function parseRows(csv: string): Record<string, string>[] {
  const rows = readRows(csv);
  if (rows.length > 0) return rows;
  throw new LabError(
    "The table has no rows",
    "Give a CSV with at least one line below its header.",
  );
}

function readRows(csv: string): Record<string, string>[] {
  try {
    return parse(csv, { columns: true, skip_empty_lines: true, trim: true, bom: true });
  } catch (error) {
    throw new LabError(
      `The table cannot be read: ${(error as Error).message}`,
      "It must be CSV with the names of the columns in its first line, and quotes around commas.",
    );
  }
}
