import { LabError } from "../errors.ts";
import { readPlainFile } from "../plain-file.ts";

/** When the prices below were read. */
export const PRICES_AS_OF = "2026-11";

/** Input and output; or, as price pages have their columns, input, cached input and output. */
type Price =
  | readonly [input: number, output: number]
  | readonly [input: number, cached: number, output: number];
type Prices = Record<string, Price>;

/**
 * US dollars per million tokens, as https://developers.openai.com/api/docs/pricing had them in that
 * month, up to 272,000 input tokens a request; of models that are about to go, as they were in
 * 2025. Tokens of hidden reasoning are output. Snapshots that cost what their model costs need no
 * line of their own.
 */
const PRICES: Prices = {
  "gpt-6-luna": [0.1, 0.01, 0.5],
  "gpt-6-sol": [2, 0.2, 10],
  "gpt-6.1-terra": [1, 0.05, 5],
  "gpt-6.1-sol": [2, 0.1, 10],
  "gpt-5.6-luna": [0.2, 0.02, 1.2],
  "gpt-4o": [2.5, 1.25, 10],
  "gpt-4o-mini": [0.15, 0.075, 0.6],
  "gpt-4.1": [2, 0.5, 8],
  "gpt-4.1-mini": [0.4, 0.1, 1.6],
  "gpt-5": [1.25, 0.125, 10],
  "gpt-5-mini": [0.25, 0.025, 2],
  "gpt-5-nano": [0.05, 0.005, 0.4],
  o3: [2, 0.5, 8],
  "text-embedding-3-small": [0.02, 0],
  "text-embedding-3-large": [0.13, 0],
  "text-embedding-ada-002": [0.1, 0],
};

/** The models whose prices are known; scripts/check-models.mjs reads them. @public */
export const PRICED_MODELS: readonly string[] = Object.keys(PRICES);

/**
 * US dollars for a number of tokens, null where the model has no known price. Dated names cost what
 * their model costs.
 *
 * @param cached how many of the input tokens the provider had in its cache
 */
export function priceOf(
  model: string,
  input: number,
  output: number,
  own: Prices = {},
  cached = 0,
): number | null {
  const undated = model.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  const known = [model, undated].find((name) => Object.hasOwn(PRICES, name));
  const price = [own[model], own[undated], known && PRICES[known]].find(Array.isArray);
  if (!price) return null;
  const dollars = {
    input: price[0],
    cached: price.at(-2) as number,
    output: price.at(-1) as number,
  };
  const fresh = input - cached;
  return (fresh * dollars.input + cached * dollars.cached + output * dollars.output) / 1_000_000;
}

/**
 * Reads prices of the learner's own, US dollars per million tokens: `{ "my-model": [0.1, 0.5] }`,
 * or with cached input between the two: `{ "my-model": [0.1, 0.01, 0.5] }`.
 *
 * @throws LabError with exit code 2 for a file that holds no such thing
 */
export function readPrices(path: string): Prices {
  let prices: unknown;
  try {
    const about = { what: "file of prices", hint: EXAMPLE, most: 1024 * 1024 };
    prices = JSON.parse(readPlainFile(path, about).toString("utf8"));
  } catch (error) {
    if (error instanceof LabError) throw error;
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

const EXAMPLE =
  'Write US dollars per million tokens, in and out: {"my-model": [0.1, 0.5]}; or in, cached, out: [0.1, 0.01, 0.5].';

function isPrice(price: unknown): boolean {
  return (
    Array.isArray(price) &&
    (price.length === 2 || price.length === 3) &&
    price.every((part) => typeof part === "number" && part >= 0)
  );
}
