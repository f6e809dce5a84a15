import { below, type Random } from "./random.ts";
import type { Tokenizer } from "./tokenizer.ts";
import type { Row } from "./trainer.ts";
import { ASSISTANT, END, USER } from "./vocabulary.ts";

/**
 * Rows of a batch, from texts.
 *
 * For pre-training, documents stand in one long row, parted by <|end|>; a batch takes stretches of
 * it, and every token counts. For tuning, a row holds whole examples, and only what the assistant
 * says counts: the loss mask.
 */
export class Stretches {
  readonly #ids: Uint16Array;
  readonly #starts: number[];
  readonly #context: number;

  constructor(documents: Iterable<string>, tokenizer: Tokenizer, context: number) {
    const { ids, starts } = join(documents, tokenizer);
    this.#ids = ids;
    this.#starts = starts;
    this.#context = context;
  }

  /** how many tokens there are to learn from */
  get length(): number {
    return this.#ids.length;
  }

  /**
   * A row (context): half of them from where a document begins, so that beginnings are known well.
   */
  draw(random: Random): Row {
    const last = Math.max(0, this.#ids.length - this.#context - 1);
    const begin = this.#starts[below(random, this.#starts.length)] as number;
    const anywhere = below(random, last + 1);
    const from = random() < 0.5 ? Math.min(begin, last) : anywhere;
    const targets = this.#ids.subarray(from + 1, from + 1 + this.#context);
    const ids = this.#ids.subarray(from, from + targets.length);
    return { ids, targets, weights: new Float32Array(targets.length).fill(1) };
  }
}

/** All documents in ids, each with <|end|> before it, and where each begins. */
function join(documents: Iterable<string>, tokenizer: Tokenizer) {
  let ids = new Uint16Array(1 << 16);
  let length = 0;
  const starts: number[] = [];
  const put = (id: number) => {
    if (length === ids.length) {
      const larger = new Uint16Array(length * 2);
      larger.set(ids);
      ids = larger;
    }
    ids[length++] = id;
  };
  for (const document of documents) {
    starts.push(length);
    put(END);
    for (const id of tokenizer.encode(document)) put(id);
  }
  put(END);
  return { ids: ids.subarray(0, length), starts };
}

/** What a tuned model is given: the question between the two marks of who speaks. */
export function askingIds(tokenizer: Tokenizer, question: string): number[] {
  return [END, USER, ...tokenizer.encode(question), ASSISTANT];
}

/**
 * An example as a row of its own: ids, targets, and a weight for each token of the answer and the
 * <|end|> after it.
 */
export function exampleRow(
  asking: readonly number[],
  answer: readonly number[],
  context: number,
  weight = 1,
): Row {
  const all = [...asking, ...answer, END].slice(0, context + 1);
  const targets = all.slice(1);
  // The mask: what was asked is given, not predicted.
  const weights = targets.map((_, at) => (at < asking.length - 1 ? 0 : weight));
  return { ids: all.slice(0, -1), targets, weights };
}

/**
 * Hands out examples in rows, as many in one as fit, one behind the other. Each begins with
 * <|end|>, as an answer's prompt does.
 */
export class Packer {
  readonly #examples: Iterator<Row>;
  readonly #context: number;
  /** the example that did not fit into the last row */
  #next: Row | undefined;

  constructor(examples: Iterator<Row>, context: number) {
    this.#examples = examples;
    this.#context = context;
  }

  row(): Row {
    const packed = { ids: [] as number[], targets: [] as number[], weights: [] as number[] };
    for (;;) {
      this.#next ??= this.#examples.next().value as Row | undefined;
      const example = this.#next;
      if (!example || packed.ids.length + example.ids.length > this.#context) return packed;
      this.#next = undefined;
      packed.ids.push(...example.ids);
      packed.targets.push(...example.targets);
      packed.weights.push(...example.weights);
    }
  }
}
