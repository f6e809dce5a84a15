/** A piece of a text, without the white space around it. */
export interface Piece {
  text: string;
  /** line breaks of the text that come before the piece */
  breaks: number;
}

export interface ChunkSizes {
  /** characters of a chunk, at most */
  size: number;
  /** characters that the end of one and the beginning of the next have in common, at most */
  overlap: number;
}

/** A stretch of the text, from a character up to another. */
type Span = readonly [start: number, end: number];
type Give = (start: number, end: number) => void;

/**
 * Cuts a text where LangChain's RecursiveCharacterTextSplitter cuts it: at the first of the
 * separators, the pieces that are still too long at the next, and joins what is short. That one
 * gives texts alone, and looks for their places afterwards, which names wrong lines where a text
 * repeats itself; here places are kept from the beginning.
 *
 * @param separators the last may be "", which cuts between characters
 */
export function cut(text: string, separators: readonly string[], sizes: ChunkSizes): Piece[] {
  const pieces: Piece[] = [];
  let [next, breaks] = [text.indexOf("\n"), 0];
  const give = (start: number, end: number) => {
    const piece = text.slice(start, end);
    const trimmed = piece.trim();
    if (trimmed === "") return;
    const begins = start + piece.length - piece.trimStart().length;
    // Pieces come in the order in which they begin, so each line break is looked for and counted
    // once.
    for (; next >= 0 && next < begins; next = text.indexOf("\n", next + 1)) breaks += 1;
    pieces.push({ text: trimmed, breaks });
  };
  cutSpan(text, [0, text.length], separators, sizes, give);
  return pieces;
}

function cutSpan(
  text: string,
  span: Span,
  separators: readonly string[],
  sizes: ChunkSizes,
  give: Give,
): void {
  const at = separators.findIndex((separator) => separator === "" || isIn(text, span, separator));
  const separator = separators[at];
  if (!separator) {
    cutCharacters(text, span, sizes, give);
    return;
  }
  const rest = separators.slice(at + 1);
  const joined = new Joiner(sizes, give);
  for (const part of partsOf(text, span, separator)) {
    if (part[1] - part[0] < sizes.size) joined.add(part);
    else {
      joined.end();
      cutSpan(text, part, rest, sizes, give);
    }
  }
  joined.end();
}

/**
 * Joins neighbours as long as they fit; the next chunk begins with the last of them that fit into
 * the overlap.
 */
class Joiner {
  readonly #sizes: ChunkSizes;
  readonly #give: Give;
  /** where the parts of the chunk begin that is being made, and where it ends */
  #starts: number[] = [];
  #end = 0;

  constructor(sizes: ChunkSizes, give: Give) {
    this.#sizes = sizes;
    this.#give = give;
  }

  add([start, end]: Span): void {
    const { size, overlap } = this.#sizes;
    const [first = end] = this.#starts;
    if (end - first > size) {
      this.#give(first, this.#end);
      const isKept = (one: number) => this.#end - one <= overlap && end - one <= size;
      const kept = this.#starts.findIndex(isKept);
      this.#starts = kept < 0 ? [] : this.#starts.slice(kept);
    }
    this.#starts.push(start);
    this.#end = end;
  }

  end(): void {
    const [first] = this.#starts;
    if (first !== undefined) this.#give(first, this.#end);
    this.#starts = [];
  }
}

/**
 * Cuts where nothing else is left; characters that take two places stay whole, as no endpoint takes
 * halves.
 */
function cutCharacters(text: string, [start, end]: Span, sizes: ChunkSizes, give: Give): void {
  const whole = (at: number) => (isSecondHalf(text, at) ? at - 1 : at);
  for (let from = start; from < end; ) {
    const to = from + sizes.size >= end ? end : whole(from + sizes.size);
    give(from, to);
    if (to === end) return;
    from = Math.max(whole(to - sizes.overlap), from + 1);
  }
}

const isSecondHalf = (text: string, at: number) =>
  (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;

function isIn(text: string, [start, end]: Span, separator: string): boolean {
  return indexIn(text, separator, start, end) >= 0;
}

/** The parts of a span, each but the first beginning with the separator. */
function* partsOf(text: string, [start, end]: Span, separator: string): Generator<Span> {
  let from = start;
  while (from < end) {
    const to = indexIn(text, separator, from + 1, end);
    yield [from, to < 0 ? end : to];
    from = to < 0 ? end : to;
  }
}

/** Where a separator stands within a span; what comes behind the span is not looked at. */
function indexIn(text: string, separator: string, from: number, end: number): number {
  const last = end - separator.length;
  if (from > last) return -1;
  const at = text.slice(from, end).indexOf(separator);
  return at < 0 ? -1 : from + at;
}
