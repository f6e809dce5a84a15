import { readFileSync } from "node:fs";
import { LabError } from "../errors.ts";

/** When the prices below were read. */
export const PRICES_AS_OF = "2025-08";

type Prices = Record<string, readonly [input: number, output: number]>;

/**
 * US dollars per million tokens, input and output, as OpenAI published them on that date.
 * Snapshots that cost what their model costs need no line of their own.
 */
const PRICES: Prices = {
  "gpt-3.5-turbo": [0.5, 1.5],
  "gpt-3.5-turbo-0125": [0.5, 1.5],
  "gpt-3.5-turbo-1106": [1, 2],
  "gpt-3.5-turbo-instruct": [1.5, 2],
  "gpt-4": [30, 60],
  "gpt-4-turbo": [10, 30],
  "gpt-4o": [2.5, 10],
  "gpt-4o-2024-05-13": [5, 15],
  "gpt-4o-mini": [0.15, 0.6],
  "gpt-4.1": [2, 8],
  "gpt-4.1-mini": [0.4, 1.6],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-5": [1.25, 10],
  "gpt-5-mini": [0.25, 2],
  "gpt-5-nano": [0.05, 0.4],
  o1: [15, 60],
  o3: [2, 8],
  "o3-mini": [1.1, 4.4],
  "o4-mini": [1.1, 4.4],
  "davinci-002": [2, 2],
  "babbage-002": [0.4, 0.4],
  "text-embedding-3-small": [0.02, 0],
  "text-embedding-3-large": [0.13, 0],
  "text-embedding-ada-002": [0.1, 0],
};

/** US dollars for so many tokens, null where the model has no known price. Dated names cost what their model costs. */
export function priceOf(
  model: string,
  input: number,
  output: number,
  own: Prices = {},
): number | null {
  const undated = model.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  const known = [model, undated].find((name) => Object.hasOwn(PRICES, name));
  const price = [own[model], own[undated], known && PRICES[known]].find(Array.isArray);
  return price ? (input * price[0] + output * price[1]) / 1_000_000 : null;
}

/**
 * Reads prices of the learner's own: `{ "gpt-4o-mini": [0.15, 0.6] }`, US dollars per million tokens.
 *
 * @throws LabError with exit code 2 for a file that holds no such thing
 */
export function readPrices(path: string): Prices {
  let prices: unknown;
  try {
    prices = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new LabError(
      `The prices in ${path} cannot be read: ${(error as Error).message}`,
      EXAMPLE,
      2,
    );
  }
  const entries = typeof prices === "object" && prices !== null ? Object.entries(prices) : [];
  const wrong = entries.find(([, price]) => !isPrice(price));
  if (entries.length === 0 || wrong) {
    throw new LabError(
      `The file ${path} holds no prices${wrong ? ` for ${wrong[0]}` : ""}`,
      EXAMPLE,
      2,
    );
  }
  return Object.assign(Object.create(null), prices);
}

const EXAMPLE = 'Write US dollars per million tokens, in and out: {"gpt-4o-mini": [0.15, 0.6]}.';

function isPrice(price: unknown): boolean {
  return (
    Array.isArray(price) &&
    price.length === 2 &&
    price.every((part) => typeof part === "number" && part >= 0)
  );
}
