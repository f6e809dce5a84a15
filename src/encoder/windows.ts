import { SHAPE } from "./shape.ts";

/** A longer text is sampled: this many windows, spread evenly over it. */
const MOST_WINDOWS = 8;
/** What is longer is sampled before it is cut into tokens; a token has some four letters. */
const MOST_LETTERS = 32_768;

/**
 * A text as the encoder reads it: one line, ends of lines made ends of sentences (it has no piece
 * for them), and a text all in capitals made small, of which it knows few pieces.
 */
export function plainLine(text: string): string {
  const line = sampled(text)
    .split(/[\n\r\u2028\u2029]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part, at, all) =>
      at < all.length - 1 && /[\p{L}\p{N}]$/u.test(part) ? `${part}.` : part,
    )
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
  return /\p{Ll}/u.test(line) ? line : line.toLowerCase();
}

/** As many pieces of a long text as there are windows, spread evenly over it. */
function sampled(text: string): string {
  if (text.length <= MOST_LETTERS) return text;
  const size = MOST_LETTERS / MOST_WINDOWS;
  const pieces = Array.from({ length: MOST_WINDOWS }, (_, at) => {
    const start = Math.round((at * (text.length - size)) / (MOST_WINDOWS - 1));
    return text.slice(start, start + size);
  });
  return pieces.join(" ");
}

/** Ids cut into windows of equal length, each at most as long as the encoder reads at once. */
export function windowsOf(ids: readonly number[]): number[][] {
  const needed = Math.ceil(ids.length / SHAPE.context);
  if (needed <= MOST_WINDOWS) {
    const edge = (at: number) => Math.round((at * ids.length) / needed);
    return Array.from({ length: needed }, (_, at) => ids.slice(edge(at), edge(at + 1)));
  }
  const last = ids.length - SHAPE.context;
  return Array.from({ length: MOST_WINDOWS }, (_, at) => {
    const start = Math.round((at * last) / (MOST_WINDOWS - 1));
    return ids.slice(start, start + SHAPE.context);
  });
}
