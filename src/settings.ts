import { LabError } from "./errors.ts";
import { withoutSecrets } from "./mask.ts";

/** A setting and where it was made, so that an error can say what to change. */
export interface Setting {
  value: string;
  /** "--model", "OPENAI_API_KEY in the environment", "OPENAI_API_KEY in line 3 of .env" */
  origin: string;
  /** whether it stands in a folder's `.env`, which somebody else may have written */
  isInFile: boolean;
}

const DEFAULT_TIMEOUT_SECONDS = "12";

/**
 * The setting as it was found.
 *
 * @throws LabError for one in quotation marks, which shells take off and other programs hand on
 */
export function unquoted(setting: Setting | undefined): Setting | undefined {
  const [first = "", last = ""] = [setting?.value.at(0), setting?.value.at(-1)];
  if (setting && QUOTES.includes(first + last) && setting.value.length > 1)
    throw new LabError(
      `The value of ${setting.origin} stands in quotation marks`,
      "Leave them out: docker --env-file, for one, hands them on as a part of the value.",
      2,
    );
  return setting;
}

const QUOTES = ['""', "''", "``", "“”", "‘’", "„“", "«»"];

export function checkKey(key: Setting | undefined): Setting | undefined {
  if (key && !/^[\x21-\x7e]+$/.test(key.value)) {
    throw new LabError(
      `The key in ${key.origin} has a space, a line break or a letter that no key has`,
      "Copy the key again, without quotation marks or anything around it.",
      2,
    );
  }
  return key;
}

export function checkUrl(url: Setting | undefined): Setting | undefined {
  if (!url) return undefined;
  const parsed = URL.canParse(url.value) ? new URL(url.value) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new LabError(
      `"${maskAddress(url.value)}" is not an http address (${url.origin})`,
      "Write it whole, for example http://localhost:11434/v1.",
      2,
    );
  }
  const hasUser = parsed.username !== "" || parsed.password !== "";
  if (hasUser || /[?#]/.test(url.value)) {
    throw new LabError(
      `The address in ${url.origin} has ${hasUser ? "a user or a password" : 'a "?" or "#"'} in it`,
      "Write the address without them, and put the key into OPENAI_API_KEY.",
      2,
    );
  }
  const value = url.value.replace(/\/+$/, "");
  const [tail] = /\/(?:chat\/completions|completions|embeddings|models)$/.exec(value) ?? [];
  if (tail !== undefined)
    throw new LabError(
      `The address in ${url.origin} goes too far: it ends in ${tail}`,
      `Leave that out: ${value.slice(0, -tail.length)}.`,
      2,
    );
  return { ...url, value };
}

export function checkTimeout(timeout: Setting | undefined): number {
  const { value, origin } = timeout ?? { value: DEFAULT_TIMEOUT_SECONDS, origin: "default" };
  const seconds = Number(value);
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new LabError(
      `"${value}" is not a number of seconds (${origin})`,
      "Give a number above 0 and up to 3600, for example --timeout 60.",
      2,
    );
  }
  return seconds * 1000;
}

/** An address that is none: whole, unless it may be a key that went astray. */
function maskAddress(value: string): string {
  const shown = withoutSecrets(value);
  return /^[\w-]{13,}$/.test(shown) || shown.length > 40 ? `${shown.slice(0, 12)}…` : shown;
}
