import { SPECIAL, Vocabulary, wordsOf } from "./vocabulary.ts";

/**
 * Byte-pair encoding: text to token ids and back.
 *
 * It starts from single bytes; training has made a list of merges, each joining two tokens that
 * often stood side by side into one. Encoding a word applies the merges in the order in which they
 * were learnt. A word never shares a token with the next, so words can be encoded one by one and
 * remembered. Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with
 * Subword Units", 2016.
 */
export class Tokenizer {
  readonly #vocabulary: Vocabulary;
  /** "left right" to the id of the two as one */
  readonly #merged = new Map<number, number>();
  readonly #known = new Map<string, number[]>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    for (const [at, [left, right]] of vocabulary.merges.entries())
      this.#merged.set(left * 65_536 + right, vocabulary.firstMerge + at);
  }

  /** The tokenizer that a checkpoint carries. */
  static from({ alphabet, merges }: Pick<Vocabulary, "alphabet" | "merges">): Tokenizer {
    return new Tokenizer(new Vocabulary(alphabet, merges));
  }

  /** how many ids there are, special tokens included */
  get size(): number {
    return this.#vocabulary.size;
  }

  get vocabulary(): Vocabulary {
    return this.#vocabulary;
  }

  /** Text to ids. Whatever stands in the text is only text: no special token comes out. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const word of wordsOf(text)) for (const id of this.#encodeWord(word)) ids.push(id);
    return ids;
  }

  /** Ids to text; special tokens are left out, bytes that are no text become a mark. */
  decode(ids: readonly number[]): string {
    return this.split(ids).join("");
  }

  /**
   * The text in pieces, one an id; joined, they are what `decode` gives. A letter of several tokens
   * comes with its last.
   */
  split(ids: readonly number[]): string[] {
    const decoder = new TextDecoder();
    const pieces = ids.map((id) =>
      decoder.decode(new Uint8Array(this.#vocabulary.bytesOf(id)), { stream: true }),
    );
    const rest = decoder.decode();
    return rest === "" ? pieces : [...pieces.slice(0, -1), `${pieces.at(-1) ?? ""}${rest}`];
  }

  /** What a single token looks like, for showing: special tokens by their names. */
  name(id: number): string {
    return SPECIAL[id] ?? this.decode([id]);
  }

  #encodeWord(word: string): number[] {
    const known = this.#known.get(word);
    if (known) return known;
    const ids = this.#vocabulary.start(word);
    for (;;) {
      let best = -1;
      let lowest = Number.POSITIVE_INFINITY;
      for (let at = 0; at + 1 < ids.length; at++) {
        const id = this.#merged.get((ids[at] as number) * 65_536 + (ids[at + 1] as number));
        if (id !== undefined && id < lowest) [best, lowest] = [at, id];
      }
      if (best < 0) break;
      ids.splice(best, 2, lowest);
    }
    // Texts repeat their words; a limit keeps a text without repetition from filling the memory.
    if (this.#known.size < 50_000) this.#known.set(word, ids);
    return ids;
  }
}

/**
 * Learns a tokenizer from texts: the most frequent pair becomes a token, again and again.
 *
 * @param size how many ids at the most; fewer come out where no pair stands twice
 */
export function trainTokenizer(texts: Iterable<string>, size: number): Tokenizer {
  const counts = countWords(texts);
  const vocabulary = Vocabulary.from(counts.keys());
  const words = [...counts].map(([word, count]) => ({ ids: vocabulary.start(word), count }));
  while (vocabulary.size < size) {
    const best = mostFrequentPair(words);
    if (!best) break;
    const [left, right] = best;
    const id = vocabulary.add(left, right);
    for (const word of words) join(word.ids, left, right, id);
  }
  return new Tokenizer(vocabulary);
}

/**
 * How many distinct words are counted at the most: a text without repetition must not fill the
 * memory.
 */
const MOST_WORDS = 30_000;

function countWords(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      const count = counts.get(word);
      if (count !== undefined) counts.set(word, count + 1);
      else if (counts.size < MOST_WORDS) counts.set(word, 1);
    }
  }
  return counts;
}

function mostFrequentPair(words: { ids: number[]; count: number }[]) {
  const pairs = new Map<number, number>();
  for (const { ids, count } of words) {
    for (let at = 0; at + 1 < ids.length; at++) {
      const pair = (ids[at] as number) * 65_536 + (ids[at + 1] as number);
      pairs.set(pair, (pairs.get(pair) ?? 0) + count);
    }
  }
  let best: number | undefined;
  let most = 1;
  for (const [pair, count] of pairs) if (count > most) [best, most] = [pair, count];
  return best === undefined ? undefined : ([Math.floor(best / 65_536), best % 65_536] as const);
}

function join(ids: number[], left: number, right: number, id: number): void {
  for (let at = 0; at + 1 < ids.length; at++)
    if (ids[at] === left && ids[at + 1] === right) ids.splice(at, 2, id);
}
