import { readFileSync } from "node:fs";
import { parse } from "dotenv";
import { LabError } from "./errors.ts";

const ENV_LINE = "Each line is NAME=value, or a comment that starts with #.";

/** The settings in a `.env` file, each with its line; none if there is no such file. */
export function readEnvFile(path: string): Record<string, { value: string; line: number }> {
  const settings: Record<string, { value: string; line: number }> = {};
  for (const { text: statement, line } of statementsOf(readText(path))) {
    const [entry, ...swallowed] = Object.entries(parse(statement));
    const isOpen = swallowed.length > 0 || isLeftOpen(statement);
    if (!entry || isOpen) {
      const [what, hint] = isOpen
        ? ["has a quotation mark that is not closed", "Close it where the value ends."]
        : [`is no setting: it starts with "${mask(statement)}"`, ENV_LINE];
      throw new LabError(`Line ${line} of ${path} ${what}`, hint, 2);
    }
    settings[entry[0]] = { value: entry[1], line };
  }
  return settings;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    const message = `The file ${path} cannot be read: ${(error as Error).message}`;
    throw new LabError(message, "Mend its permissions, or move it away.", 2);
  }
}

const QUOTE_LEFT_OPEN = /^\s*(?:export\s+)?[\w.-]+\s*=\s*(["'`])(?:\\.|(?!\1)[^\\])*$/s;

/** Whether a quoted value has no end yet; dotenv then takes the quotation mark for a part of it. */
function isLeftOpen(statement: string): boolean {
  const [value = ""] = Object.values(parse(statement));
  return QUOTE_LEFT_OPEN.test(statement) && /^["'`]/.test(value);
}

/** Lines that say something; a quoted value may run over several. */
function statementsOf(text: string): { text: string; line: number }[] {
  const statements: { text: string; line: number }[] = [];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let statement = lines[at] ?? "";
    if (/^\s*(#|$)/.test(statement)) continue;
    while (isLeftOpen(statement) && at + 1 < lines.length) {
      at += 1;
      statement += `\n${lines[at]}`;
    }
    statements.push({ text: statement, line });
  }
  return statements;
}

/** The start of a line that may hold a secret. */
function mask(line: string): string {
  const start = line.trim().split(/[=\s]/)[0] ?? "";
  return `${start.slice(0, 12)}…`;
}
