import { usualTemperature } from "../../model/names.ts";

/** What OpenAI's models take, by their names; nothing is known of other models. */
export interface Limits {
  /** tokens that a prompt may have */
  input: number;
  /** tokens that a reply may have */
  output: number;
  /** whether OpenAI words the limit as one of the input alone */
  isInputAlone?: true;
}

/**
 * Read in November 2026: gpt-6 and 5.4 on providers' pages, gpt-5 in cline#5474, the others on
 * OpenAI's pages of models. The first row that fits counts.
 */
const LIMITS: readonly (readonly [name: RegExp, limits: Limits])[] = [
  [/^gpt-5.*chat/, { input: 128_000, output: 16_384 }],
  [/^gpt-(?:[6-9]|5\.[4-9])/, { input: 922_000, output: 128_000, isInputAlone: true }],
  [/^gpt-5/, { input: 272_000, output: 128_000, isInputAlone: true }],
  [/^o[134]/, { input: 200_000, output: 100_000 }],
  [/^gpt-4\.1/, { input: 1_047_576, output: 32_768 }],
  [/^(?:chatgpt|gpt)-4o/, { input: 128_000, output: 16_384 }],
  [/^gpt-4-(?:turbo|\d{4}-preview)/, { input: 128_000, output: 4096 }],
  [/^gpt-4(?:-\d{4})?$/, { input: 8192, output: 8192 }],
  [/^gpt-3\.5-turbo(?!-instruct)/, { input: 16_385, output: 4096 }],
];

/** The name of a model without a provider before it and without a date; the base of a tuned one. */
function bareName(model: string): string {
  return model
    .replace(/^ft:([^:]+).*$/, "$1")
    .replace(/^.*\//, "")
    .replace(/-\d{4}-\d{2}-\d{2}$/, "")
    .toLowerCase();
}

export function limitsOf(model: string): Limits | undefined {
  return LIMITS.find(([name]) => name.test(bareName(model)))?.[1];
}

/** Whether a model is one of OpenAI's that write a reply. */
export const isOpenAi = (model: string) => /^(?:(?:chat)?gpt-[3-9]|o\d)/.test(bareName(model));

/** Whether a model thinks before it answers: such a one takes fewer parameters. */
export const isReasoning = (model: string) =>
  isOpenAi(model) && usualTemperature(bareName(model)) === undefined;

/** How much a model may be asked to think; undefined where we do not know all its values. */
export function effortsOf(model: string): readonly string[] | undefined {
  const name = bareName(model);
  if (/^o\d/.test(name)) return ["low", "medium", "high"];
  if (/^gpt-5(?:-|$)/.test(name)) return ["minimal", "low", "medium", "high"];
  if (/^gpt-5\.1/.test(name)) return ["none", "low", "medium", "high"];
  if (/^gpt-6/.test(name)) return ["none", "low", "medium", "high", "xhigh", "max"];
  return undefined;
}

/** Whether a model thinks unless it is told not to: gpt-5.1 to 5.5 do not, all others do. */
export const thinksUnasked = (model: string) => !/^gpt-5\.[1-5]/.test(bareName(model));

/** Whether tools go with thought at /v1/chat/completions: not since gpt-5.4 (litellm#34569). */
export const takesToolsAndThought = (model: string) =>
  !/^gpt-(?:5\.[4-9]|[6-9])/.test(bareName(model));

/** Whether a reply may be held to a schema: not before gpt-4o. */
export const takesSchemas = (model: string) => !/^gpt-(?:3\.5|4(?:-|$))/.test(bareName(model));
