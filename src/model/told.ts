/** What a server says of a failure, whatever shape it says it in. */
export interface Told {
  /** its words, fit to be shown; empty where it says nothing */
  message: string;
  /** its own name for the failure: "insufficient_quota" */
  code: string;
  /** the HTTP status that its body names or means */
  status: number | undefined;
  /** how long it asks to be left alone, in milliseconds */
  waitMs: number | undefined;
}

/** The fields of an object that came as JSON. */
export type Fields = Record<string, unknown>;

/**
 * Reads the body of an error: JSON in any of the shapes that servers use, a web page, or plain
 * words.
 */
export function readTold(body: string, key: string): Told {
  const parsed = parseJson(body) ?? parseJson(body.replace(/^\s*data:/, ""));
  if (parsed !== undefined) return toldIn(parsed, key);
  const words = isPage(body) ? titleOf(body) : body;
  return { message: tidy(words, key), code: "", status: undefined, waitMs: waitIn(words) };
}

/** Reads an error that came as JSON. */
export function toldIn(value: unknown, key: string): Told {
  const fallback = isEmpty(value) ? "" : JSON.stringify(value);
  const words = wordsIn(value) || fallback;
  const codes = codesIn(value);
  return {
    message: tidy(words, key),
    code: codes.find((code) => !isStatus(code)) ?? "",
    status: statusOf(codes),
    waitMs: delayIn(value) ?? waitIn(words),
  };
}

/**
 * Whether JSON that came as a success is an error by its shape: a list, an `error`, or words where
 * a reply should be.
 */
export function isError(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => isError(one));
  if (!isFields(value)) return false;
  if (isTruthy(value.error) || isTruthy(value.errors)) return true;
  if (value.object === "error" || value.type === "error") return true;
  const hasReply = Array.isArray(value.choices) ? value.choices.length > 0 : isTruthy(value.usage);
  // Some servers tell how far they are in events of a type of their own.
  if (hasReply || (typeof value.type === "string" && value.choices === undefined)) return false;
  return WORDY.some((name) => name !== "title" && wordsIn(value[name]) !== "");
}

/** Where servers put their words, the most telling first. */
const WORDY = [
  "error",
  "message",
  "error_description",
  "error_message",
  "errorMessage",
  "detail",
  "errors",
  "msg",
  "status_msg",
  "base_resp",
  "title",
  "reason",
  "description",
];

const DEEPEST = 6;

function wordsIn(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return "";
  if (typeof value === "string") {
    const inner = /^\s*[[{]/.test(value) ? parseJson(value) : undefined;
    return (inner !== undefined && wordsIn(inner, depth + 1)) || value;
  }
  if (Array.isArray(value)) {
    const all = value.map((one) => wordsIn(one, depth + 1)).filter((words) => words !== "");
    return all.slice(0, 3).join("; ");
  }
  if (!isFields(value) || "role" in value) return "";
  // OAuth's `error` is a name, its description the words.
  const described = wordsIn(value.error_description, depth + 1);
  if (described !== "") return described;
  const found = WORDY.map((name) => wordsIn(value[name], depth + 1)).find((words) => words !== "");
  // What a provider behind the server said.
  const raw = isFields(value.metadata) ? wordsIn(value.metadata.raw, depth + 1) : "";
  return [found ?? "", raw].filter((words) => words !== "").join(": ");
}

/** The codes, statuses and types that an error names itself by, the outermost last. */
function codesIn(value: unknown, depth = 0): string[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((one) => codesIn(one, depth + 1));
  if (!isFields(value)) return [];
  const own = ["code", "status", "status_code", "statusCode", "type"]
    .map((name) => value[name])
    .filter((code) => typeof code === "string" || typeof code === "number")
    .map(String);
  const inner = ["error", "errors", "detail", "base_resp"].flatMap((name) =>
    codesIn(value[name], depth + 1),
  );
  return [...inner, ...own];
}

const isStatus = (code: string) => /^[45]\d\d$/.test(code);

/** The names by which providers mean a status. */
const MEANT: readonly (readonly [RegExp, number])[] = [
  [/insufficient_(?:quota|balance|credit|funds)|payment_required|billing/i, 402],
  [/rate.?limit|too.?many.?requests|resource_?exhausted|throttl/i, 429],
  [/invalid_?api_?key|authentication|unauthori[sz]ed|unauthenticated/i, 401],
  [/permission|forbidden/i, 403],
  [/model_?not_?found/i, 404],
  [/overloaded|unavailable/i, 503],
  [/^(?:internal_?(?:server_?)?error|server_error|api_error)$/i, 500],
];

function statusOf(codes: readonly string[]): number | undefined {
  const number = codes.find(isStatus);
  if (number !== undefined) return Number(number);
  return MEANT.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1];
}

const UNITS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const AMOUNT =
  /^(\d+(?:\.\d+)?)\s*(ms|milliseconds?|h(?:ours?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)\b(?=.?)/i;

/** A wait in words, "try again in 6m0s", "retry after 2 seconds", in milliseconds. */
function waitIn(words: string): number | undefined {
  const start = /\b(?:again|retry|wait)\b[^.\d]{0,40}(?=\d)/i.exec(words);
  return start ? durationIn(words.slice(start.index + start[0].length)) : undefined;
}

/** "6m0s", "1.5s", "20 seconds", in milliseconds. */
function durationIn(text: string): number | undefined {
  let rest = text;
  let sum: number | undefined;
  for (;;) {
    // The units may follow one another without a space: 6m0s.
    const found = AMOUNT.exec(rest.replace(/^(\d+(?:\.\d+)?)(ms|h|m|s)(?=\d)/i, "$1$2 "));
    if (!found) return sum;
    const [whole, amount, unit = ""] = found;
    const short = /^(?:ms|milli)/i.test(unit) ? "ms" : unit.charAt(0).toLowerCase();
    sum = (sum ?? 0) + Number(amount) * (UNITS[short] ?? 0);
    rest = rest.slice(whole.length).replace(/^[\s,]+(?:and\s+)?(?=\d)/, "");
  }
}

/**
 * A wait in a field of its own: Google's `retryDelay`, Hugging Face's `estimated_time` in seconds.
 */
function delayIn(value: unknown, depth = 0): number | undefined {
  if (depth > DEEPEST || typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const isDelay = /^(?:retry_?(?:after|delay)(?:_?(?:ms|seconds))?|estimated_time)$/i.test(name);
    const ms = isDelay ? delayOf(inner, /ms$/i.test(name)) : delayIn(inner, depth + 1);
    if (ms !== undefined) return ms;
  }
  return undefined;
}

function delayOf(value: unknown, isMs: boolean): number | undefined {
  if (typeof value === "string" && /[a-z]/i.test(value)) return durationIn(value);
  const amount = typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
  return Number.isFinite(amount) && amount >= 0 ? amount * (isMs ? 1 : 1000) : undefined;
}

export const isPage = (text: string) =>
  /^\s*<(?:!doctype|!--|\?xml|html|head|body|h\d|title|p|div|center)\b/i.test(text) ||
  /^\s*<\/?[a-z]/i.test(text);

/** What a web page is called: its title, or its first words. */
export function titleOf(page: string): string {
  const head = page.slice(0, 20_000);
  const title = /<title[^>]*>([^<]*)/i.exec(head)?.[1]?.trim();
  const words =
    title || head.replace(/<(script|style)[^>]*>[^<]*/gi, " ").replace(/<[^>]*>?/g, " ");
  return words.replace(/\s+/g, " ").trim().slice(0, 120);
}

/** A server's words, fit to be shown. */
export function tidy(text: string, key: string): string {
  const masked = (key.length > 6 ? text.replaceAll(key, "…") : text).replace(
    /\bsk-[\w*-]{4,}/g,
    "sk-…",
  );
  const line = masked
    .replace(/\p{Cc}+(?:\[[\d;]*[A-Za-z])?/gu, " ")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "");
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isTruthy = (value: unknown) =>
  Array.isArray(value) ? value.length > 0 : Boolean(value) && !isEmpty(value);

const isEmpty = (value: unknown) =>
  value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
