import { constants } from "node:buffer";
import { markedCharset } from "../plain-file.ts";
import { Unreadable } from "./unreadable.ts";

/**
 * Bytes as text: UTF-8 or UTF-16 where their mark or their look says so, else the charset that is
 * given, else Windows' Latin. Line ends become `\n`.
 *
 * @param charset what the file itself names, as an HTML page may
 * @throws Unreadable for what is binary, too long for a string, or in a charset that nobody names
 */
export function decode(bytes: Uint8Array, charset?: string): string {
  if (bytes.length > constants.MAX_STRING_LENGTH)
    throw new Unreadable(
      `more than ${Math.floor(constants.MAX_STRING_LENGTH / 2 ** 20)} MB of text`,
    );
  const text = textOf(bytes, unicodeOf(bytes) ?? charset);
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "");
}

/** Bytes without the part of a character that may stand at their end where a file was cut. */
export function withoutPart(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1]! & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, (bytes[end - 1] ?? 0) >= 0xc0 ? end - 1 : end);
}

function textOf(bytes: Uint8Array, charset: string | undefined): string {
  if (charset !== undefined) return textIn(charset, bytes);
  if (bytes.subarray(0, 8192).includes(0)) throw new Unreadable("binary");
  if (isFullOfControls(bytes.subarray(0, 8192))) throw new Unreadable("binary");
  const utf8 = tryDecode("utf-8", bytes);
  if (utf8 !== undefined) return utf8;
  if (isHardlyLatin(bytes)) throw new Unreadable("not in UTF-8; save it as UTF-8");
  return new TextDecoder("windows-1252").decode(bytes);
}

/**
 * A few characters may be broken, as they are in a browser; a text of many is in another charset.
 */
const MOST_BROKEN = 0.01;

function textIn(charset: string, bytes: Uint8Array): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset);
  } catch {
    throw new Unreadable(`in the charset ${charset.slice(0, 40)}, which cannot be read`);
  }
  const text = decoder.decode(bytes);
  const broken = text.split("\u{FFFD}").length - 1;
  if (broken <= MOST_BROKEN * text.length) return text;
  const utf8 = tryDecode("utf-8", bytes);
  if (utf8 !== undefined) return utf8;
  throw new Unreadable(`not in the charset ${charset.slice(0, 40)}, which it names`);
}

function tryDecode(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The charset by its mark, or that of UTF-16 by the zeros that half of its bytes are. */
function unicodeOf(bytes: Uint8Array): string | undefined {
  const marked = markedCharset(bytes);
  if (marked) return marked;
  const head = bytes.subarray(0, 8192);
  let [even, odd] = [0, 0];
  for (const [at, byte] of head.entries()) {
    if (byte === 0 && at % 2 === 0) even += 1;
    else if (byte === 0) odd += 1;
    else if (byte < TAB) return undefined;
  }
  if (odd > head.length / 4 && even === 0) return "utf-16le";
  return even > head.length / 4 && odd === 0 ? "utf-16be" : undefined;
}

/** The first control character that a text has; those before it are a sign of something binary. */
const TAB = 9;

/** A text has a stray control character at most; Escape and form feed are common in some. */
function isFullOfControls(head: Uint8Array): boolean {
  const controls = head.filter(
    (byte) => byte < TAB || (byte > 0x0d && byte < 0x20 && byte !== ESCAPE) || byte === 0x7f,
  );
  return controls.length > MOST_BROKEN * head.length + 1;
}

const ESCAPE = 0x1b;

/** In the languages that Windows' Latin is made for, most letters are those of English. */
function isHardlyLatin(bytes: Uint8Array): boolean {
  let [high, letters] = [0, 0];
  for (const byte of bytes) {
    if (byte >= 0x80) high += 1;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) letters += 1;
  }
  return high > 8 && high > letters;
}
