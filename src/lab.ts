/** All that a lesson imports from llm-lab. */

export { LabError } from "./errors.ts";
export { bases } from "./kits/bases/kit.ts";
export { checkup } from "./kits/checkup/kit.ts";
export { encoder } from "./kits/encoder/kit.ts";
export { endpoints } from "./kits/endpoints/kit.ts";
export { tokenizers } from "./kits/tokenizers/kit.ts";
export { answerTo, likely, shares, tasteIn, verdictOf, verdicts } from "./kits/training/figures.ts";
export { training } from "./kits/training/kit.ts";
export { vectors } from "./kits/vectors/kit.ts";
export { dot, median, scan, scattered, shareFound } from "./kits/vectors/math.ts";
export { largest } from "./lesson/judge.ts";
export { mentions } from "./lesson/mentions.ts";
export { choice, flag, integer, number, text } from "./lesson/params.ts";
export { lesson, section } from "./lesson/section.ts";
export { CALL_FAULTS, REPLY_FAULTS } from "./model/fault.ts";
export { PRICES_AS_OF, priceOf } from "./model/prices.ts";
export { isQuestion } from "./tinylm/corpus/judge.ts";
export { randomFrom } from "./tinylm/random.ts";
export { trainTokenizer } from "./tinylm/tokenizer.ts";
export type { Bar, Totals } from "./trace/events.ts";
export type { WorkEvent } from "./trace/work-events.ts";
export type { Filter } from "./vector/filter.ts";
export { fuse } from "./vector/fuse.ts";
export type { LabVectorStore } from "./vector/store.ts";
