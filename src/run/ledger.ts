import { LabError } from "../errors.ts";
import { formatDollars } from "../format.ts";

/**
 * What a run has spent, in US dollars, and its budget. Everything that is paid for goes through
 * here.
 */
export class Ledger {
  readonly budget: number;
  #spent = 0;

  constructor(budget = Number.POSITIVE_INFINITY) {
    this.budget = budget;
  }

  get spent(): number {
    return this.#spent;
  }

  /** Adds what a call cost; null where no price is known. */
  charge(dollars: number | null): void {
    this.#spent += dollars ?? 0;
  }

  /**
   * Lets a request pass that costs at least this much.
   *
   * @throws BudgetSpent where the budget does not cover it
   */
  allow(dollars: number | null): void {
    const isSpent = this.#spent >= this.budget && (dollars ?? 0) > 0;
    if (isSpent || this.#spent + (dollars ?? 0) > this.budget) throw new BudgetSpent(this);
  }
}

/** The budget does not cover the next request. */
export class BudgetSpent extends LabError {
  constructor({ budget, spent }: Pick<Ledger, "budget" | "spent">) {
    super(
      spent >= budget
        ? `The budget of $${budget} is spent: about ${formatDollars(spent)} so far`
        : `The budget of $${budget} does not cover the next request: about ${formatDollars(spent)} spent so far`,
      "Run it again with a larger --budget.",
    );
  }
}
