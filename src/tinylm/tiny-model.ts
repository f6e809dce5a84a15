import { Decoder } from "./decoder.ts";
import { generate, type Written } from "./generate.ts";
import { type Layout, makeMemory, openLayout } from "./layout.ts";
import { randomFrom } from "./random.ts";
import { askingIds } from "./rows.ts";
import { type Candidate, candidates, type Sampling, sample } from "./sampling.ts";
import type { ModelShape } from "./shape.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { END } from "./vocabulary.ts";

export interface Writing extends Sampling {
  /** tokens at the most */
  most: number;
  seed: number;
}

/** A token that was drawn, and all that might have been, the likeliest first. */
export interface Token {
  id: number;
  likely: Candidate[];
}

/** A model that writes: text in, text out. */
export class TinyModel {
  readonly shape: ModelShape;
  readonly tokenizer: Tokenizer;
  readonly #decoder: Decoder;
  /** whose text the decoder's cache holds */
  #writer: unknown;

  constructor(shape: ModelShape, tokenizer: Tokenizer, layout: Layout) {
    this.shape = shape;
    this.tokenizer = tokenizer;
    this.#decoder = new Decoder(shape, layout);
  }

  /** A model with these weights, in memory of its own. */
  static from(shape: ModelShape, tokenizer: Tokenizer, weights: Float32Array): TinyModel {
    const layout = openLayout(shape, makeMemory(shape, "simd", 0), 0);
    layout.memory.set(weights, layout.weightsAt / 4);
    return new TinyModel(shape, tokenizer, layout);
  }

  /** Texts continued, as a base model does; each as ids. */
  continue(texts: readonly string[], writing: Writing): Written[] {
    return this.write(
      texts.map((text) => [END, ...this.tokenizer.encode(text)]),
      writing,
    );
  }

  /**
   * Questions answered, as a tuned model does: each stands between the marks that tuning taught it.
   */
  answer(questions: readonly string[], writing: Writing): Written[] {
    return this.write(
      questions.map((question) => askingIds(this.tokenizer, question)),
      writing,
    );
  }

  write(prompts: readonly (readonly number[])[], { seed, ...how }: Writing): Written[] {
    this.#writer = undefined;
    return generate(this.#decoder, this.shape, prompts, { ...how, random: randomFrom(seed) });
  }

  /**
   * One text, token by token: what may come next, and what was drawn. It ends with <|end|>, which
   * is given too, or at the limit. When the context is full, the model goes on with the latter half
   * of what it saw.
   */
  *tokens(prompt: readonly number[], { seed, most, ...sampling }: Writing): Generator<Token> {
    const { context } = this.shape;
    const random = randomFrom(seed);
    const writer = {};
    let seen = prompt.slice(-(context - 1));
    let from = 0;
    for (let count = 0; count < most; count++) {
      if (seen.length >= context) [seen, from] = [seen.slice(-context / 2), 0];
      // Somebody else may have written meanwhile: then what was seen is seen again.
      if (this.#writer !== writer) [this.#writer, from] = [writer, 0];
      const scores = this.#scoresAfter(seen, from);
      from = seen.length;
      const id = sample(scores, sampling, random);
      yield { id, likely: candidates(scores, { temperature: 1 }) };
      if (id === END) return;
      seen = [...seen, id];
    }
  }

  /**
   * The scores of what comes after these ids, of which the first `from` are in the decoder's cache.
   */
  #scoresAfter(ids: readonly number[], from: number): Float32Array {
    let scores: Float32Array = new Float32Array();
    for (let at = from; at < ids.length; at++)
      scores = this.#decoder.step(
        [{ lane: 0, id: ids[at] as number, position: at }],
        at + 1 === ids.length,
      );
    return scores;
  }

  /**
   * How the tokens of a text look at each other: shares by layer, head, token, and token looked at.
   * Of a text that is too long for the context, the end is read.
   */
  attention(text: string): { tokens: string[]; shares: number[][][][] } {
    const { layers, heads, context } = this.shape;
    this.#writer = undefined;
    const ids = this.tokenizer.encode(text).slice(-context);
    const shares: number[][][][] = Array.from({ length: layers }, () =>
      Array.from({ length: heads }, () => []),
    );
    for (const [position, id] of ids.entries())
      this.#decoder.step([{ lane: 0, id, position }], false, ({ layer, head }, row) => {
        // What comes after was not seen.
        shares[layer]?.[head]?.push(ids.map((_, at) => row[at] ?? 0));
      });
    return { tokens: this.tokenizer.split(ids), shares };
  }

  text({ ids }: Written): string {
    return this.tokenizer.decode(ids).trim();
  }
}
