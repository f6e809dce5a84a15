import type { Rating } from "./ratings.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * The reward model: learns from ratings what a rater likes, and then gives any answer a figure.
 *
 * It compares the *chosen* and the *rejected* answer of each rating, not answers one by one: the
 * chance that the first is preferred is taken to be sigmoid(reward(chosen) - reward(rejected)), and
 * the rewards are fitted to what was in fact preferred. Here an answer is a bag of tokens, and its
 * reward the sum of what each token in it is worth, and of what its length is: little enough to be
 * read (`worth`), and to be fooled. Source: Bradley and Terry 1952; for language models Stiennon
 * and others 2020.
 */
export class RewardModel {
  readonly #tokenizer: Tokenizer;
  readonly #worth: Float64Array;
  #ofLength = 0;

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
    this.#worth = new Float64Array(tokenizer.size);
  }

  /**
   * Fits the worth of tokens to all ratings, by gradient ascent on the logarithm of the chance of
   * what was chosen. What only one rating speaks for is pulled back towards 0 (`decay`) more than
   * what many do.
   */
  fit(ratings: readonly Rating[], { rounds = 300, rate = 0.1, decay = 0.5 } = {}): void {
    const pairs = ratings.map(
      ({ chosen, rejected }) => [this.#bag(chosen), this.#bag(rejected)] as [Bag, Bag],
    );
    for (let round = 0; round < rounds; round++) {
      const surprises = pairs.map(
        ([chosen, rejected]) =>
          1 / (1 + Math.exp(this.#rewardOf(chosen) - this.#rewardOf(rejected))),
      );
      this.#worth.forEach((worth, id) => {
        this.#worth[id] = worth * (1 - rate * decay);
      });
      this.#ofLength *= 1 - rate * decay;
      for (const [at, [chosen, rejected]] of pairs.entries()) {
        this.#move(chosen, rate * (surprises[at] ?? 0));
        this.#move(rejected, -rate * (surprises[at] ?? 0));
      }
    }
    this.#normalise(pairs);
  }

  #move({ ids }: Bag, by: number): void {
    for (const id of ids) this.#worth[id] = (this.#worth[id] ?? 0) + by;
    this.#ofLength += (by * ids.length) / LONG;
  }

  /**
   * Makes a usual difference between chosen and rejected 1, so that the other knobs mean the same
   * for every rater.
   */
  #normalise(pairs: [Bag, Bag][]): void {
    const apart = pairs.reduce(
      (all, [chosen, rejected]) => all + this.#rewardOf(chosen) - this.#rewardOf(rejected),
      0,
    );
    const by = pairs.length / (apart || 1);
    this.#worth.forEach((worth, id) => {
      this.#worth[id] = worth * by;
    });
    this.#ofLength *= by;
  }

  /** What an answer is worth; only differences mean something. */
  reward(answer: string): number {
    return this.#rewardOf(this.#bag(answer));
  }

  /** Tokens and what each is worth, the best first. */
  worth(): { token: string; worth: number }[] {
    return [...this.#worth.entries()]
      .map(([id, worth]) => ({ token: this.#tokenizer.name(id), worth }))
      .filter(({ worth }) => worth !== 0)
      .sort((one, other) => other.worth - one.worth);
  }

  #bag(answer: string): Bag {
    return { ids: this.#tokenizer.encode(answer) };
  }

  #rewardOf({ ids }: Bag): number {
    const sum = ids.reduce((all, id) => all + (this.#worth[id] ?? 0), 0);
    return sum + (this.#ofLength * ids.length) / LONG;
  }
}

/**
 * An answer of so many tokens is long: lengths are counted in it, so that they weigh less than
 * tokens do.
 */
const LONG = 6;

interface Bag {
  ids: number[];
}
