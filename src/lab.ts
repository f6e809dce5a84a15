/** All that a lesson imports from llm-lab. */
export { choice, flag, integer, number, text } from "./lesson/params.ts";
export { lesson, section } from "./lesson/section.ts";
export { likely, shares, verdictOf, verdicts } from "./lesson/tiny.ts";
export { FAULTS } from "./model/fault.ts";
export { PRICES_AS_OF, priceOf } from "./model/prices.ts";
export { trainTokenizer } from "./tinylm/tokenizer.ts";
export type { Bar, Totals, TrainingEvent } from "./trace/events.ts";
