/** When the prices below were read. */
export const PRICES_AS_OF = "2025-08";

/** US dollars per million tokens, input and output, as OpenAI published them on that date. */
const PRICES: Record<string, readonly [input: number, output: number]> = {
  "gpt-3.5-turbo": [0.5, 1.5],
  "gpt-4": [30, 60],
  "gpt-4-turbo": [10, 30],
  "gpt-4o": [2.5, 10],
  "gpt-4o-mini": [0.15, 0.6],
  "gpt-4.1": [2, 8],
  "gpt-4.1-mini": [0.4, 1.6],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-5": [1.25, 10],
  "gpt-5-mini": [0.25, 2],
  "gpt-5-nano": [0.05, 0.4],
  o3: [2, 8],
  "o4-mini": [1.1, 4.4],
};

/** US dollars for so many tokens, null where the model has no known price. Dated names cost what their model costs. */
export function priceOf(model: string, input: number, output: number): number | null {
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  const price = Object.hasOwn(PRICES, name) ? PRICES[name] : undefined;
  return price ? (input * price[0] + output * price[1]) / 1_000_000 : null;
}
