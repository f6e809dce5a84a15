import { parse } from "dotenv";
import { LabError } from "./errors.ts";
import { markedCharset, readPlainFile } from "./plain-file.ts";

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

const MOST_BYTES = 1024 * 1024;

function readText(path: string): string {
  const hint = "Mend its permissions, or move it away.";
  try {
    const bytes = readPlainFile(path, { what: "file", hint, most: MOST_BYTES });
    // PowerShell writes UTF-16.
    const text = new TextDecoder(markedCharset(bytes)).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch (error) {
    const { code } = (error as LabError).cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return "";
    throw error;
  }
  throw new LabError(`The file ${path} is not text in UTF-8`, "Save it as UTF-8.", 2);
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
