/**
 * Text from outside, made safe to print: no escape codes, no control characters but line breaks, no
 * characters that turn the order of letters around; tabs as spaces.
 */
export function clean(text: string): string {
  if (!OBEYED.test(text)) return text;
  return text
    .replace(CODES, "")
    .replaceAll("\r\n", "\n")
    .replaceAll("\t", "    ")
    .replace(EACH_OBEYED, (character) => (character === "\n" ? "\n" : ""));
}

/** Plain data with each text in it made safe to print; the same object where all are. */
export function cleanAll<T>(value: T): T {
  if (typeof value === "string") return clean(value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(cleanAll);
    return items.some((item, at) => item !== value[at]) ? (items as T) : value;
  }
  const fields = Object.entries(value).map(([key, item]) => [clean(key), cleanAll(item)] as const);
  const isSame = fields.every(([key, item]) => (value as Record<string, unknown>)[key] === item);
  return isSame ? value : (Object.fromEntries(fields) as T);
}

/** A value as JSON that a terminal may show: what it would obey is written as `\u` and a number. */
export function jsonOf(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(IN_JSON, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** What a terminal obeys: control characters, and those that turn the order of letters around. */
const TURNS = String.raw`\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069`;
const OBEYED = new RegExp(String.raw`[\p{Cc}${TURNS}]`, "u");
const EACH_OBEYED = new RegExp(OBEYED.source, "gu");
/** Line breaks and the like stand in JSON as escapes already, or between its fields. */
const IN_JSON = new RegExp(String.raw`[\u007f-\u009f${TURNS}]`, "g");
/** Escape codes with what they carry; each is read once, however many are never ended. */
const CODES = new RegExp(
  [
    // a command with its parameters, as colours are
    String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]`,
    // a text for the terminal itself: a title, the clipboard, a link
    String.raw`(?:\x1b[\]P_^X]|[\x9d\x90\x9f\x9e\x98])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)`,
    String.raw`\x1b[ -/]*[0-~]`,
  ].join("|"),
  "g",
);
