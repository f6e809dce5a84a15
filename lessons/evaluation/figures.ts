import { randomFrom } from "../../src/lab.ts";

/** A measured value, and where it would lie in 95 of 100 other draws of the questions. */
export interface Interval {
  measured: number;
  low: number;
  high: number;
  /** the value in each draw, in ascending order */
  draws: number[];
}

/**
 * The mean of some values with its bootstrap interval: as many values are drawn again, some twice
 * and some never, and the mean is taken of each draw. The same values give the same interval.
 */
export function bootstrap(
  values: readonly number[],
  count: number,
): Interval {
  const random = randomFrom(1);
  const drawn = () => values[Math.floor(random() * values.length)] ?? 0;
  const draws = Array.from({ length: count }, () => {
    let sum = 0;
    for (let at = 0; at < values.length; at += 1) sum += drawn();
    return sum / values.length;
  }).sort((one, other) => one - other);
  return {
    measured: mean(values),
    low: percentile(draws, 2.5),
    high: percentile(draws, 97.5),
    draws,
  };
}

/** Where an interval lies: a difference counts where 0 is not in it. */
export function sideOf({ low, high }: Pick<Interval, "low" | "high">) {
  if (low > 0) return "above 0";
  return high < 0 ? "below 0" : "around 0";
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** The value that `per` per cent of all values do not exceed: 50 for the one in the middle. */
export function percentile(values: readonly number[], per: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = Math.ceil((per / 100) * sorted.length) - 1;
  return sorted[Math.max(0, at)] ?? Number.NaN;
}

/** A share in per cent, as a whole number; a difference with its sign. */
export const points = (share: number) => Math.round(share * 100);
