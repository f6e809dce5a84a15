/** Tokens that stand for no text. `end` parts documents, and opens every one. */
export const SPECIAL: readonly string[] = ["<|end|>", "<|user|>", "<|assistant|>", "<|unknown|>"];
export const [END, USER, ASSISTANT] = [0, 1, 2];
const UNKNOWN = 3;

/** Printable letters, marks and the line end: any English text can be spelled. */
const ASCII = [10, ...Array.from({ length: 95 }, (_, at) => at + 32)];

/**
 * What the ids of a tokenizer stand for: special tokens, then single bytes, then merges of two
 * earlier ids. Of the 256 bytes only those of English text and those that the training text had get
 * an id.
 */
export class Vocabulary {
  readonly alphabet: readonly number[];
  readonly merges: [left: number, right: number][];
  readonly #idOfByte = new Map<number, number>();
  readonly #bytes: number[][];

  constructor(alphabet: readonly number[], merges: readonly [number, number][] = []) {
    this.alphabet = alphabet;
    this.merges = [];
    this.#bytes = [...SPECIAL.map(() => []), ...alphabet.map((byte) => [byte])];
    for (const [at, byte] of alphabet.entries()) this.#idOfByte.set(byte, SPECIAL.length + at);
    for (const [left, right] of merges) this.add(left, right);
  }

  /** The vocabulary of single bytes for texts with these words. */
  static from(words: Iterable<string>): Vocabulary {
    const bytes = new Set(ASCII);
    for (const word of words) for (const byte of Buffer.from(word)) bytes.add(byte);
    return new Vocabulary([...bytes].sort((a, b) => a - b));
  }

  get size(): number {
    return this.#bytes.length;
  }

  get firstMerge(): number {
    return SPECIAL.length + this.alphabet.length;
  }

  /** Makes a token of two that there are; returns its id. */
  add(left: number, right: number): number {
    this.merges.push([left, right]);
    return this.#bytes.push([...this.bytesOf(left), ...this.bytesOf(right)]) - 1;
  }

  bytesOf(id: number): number[] {
    return this.#bytes[id] ?? [];
  }

  /** A word in tokens of one byte each. */
  start(word: string): number[] {
    return [...Buffer.from(word)].map((byte) => this.#idOfByte.get(byte) ?? UNKNOWN);
  }
}

/**
 * Text cut into words, each with the space before it; marks, figures and line ends by themselves.
 * None is long.
 */
export function* wordsOf(text: string): Generator<string> {
  for (const [word] of text.matchAll(/ ?\p{L}{1,24}| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]{1,8}|\n|\s/gu))
    yield word;
}
