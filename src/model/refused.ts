import { parseJson } from "./told.ts";

type Body = Record<string, unknown>;

/** What is changed in requests to a model that refuses a parameter. */
export interface Edit {
  /** where the parameter stands in the body; `[]` stands for every member of a list */
  path: readonly string[];
  /** the name under which the model takes it */
  instead?: string;
}

/**
 * Finds the parameter that a refusal names and that a request can do without.
 *
 * Reads OpenAI's `param`, the lists of FastAPI (`extra_forbidden` at a `loc`), which vLLM and
 * Mistral send as text, and plain words ("invalid temperature: only 1 is allowed").
 *
 * @param asked the body that was refused
 * @param before what is changed already for this model
 * @returns undefined where the refusal is about something else
 */
export function editFor(
  status: number,
  refusal: string,
  asked: Body,
  before: readonly Edit[],
): Edit | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const path = [pathInParam(refusal), pathInList(refusal), pathInWords(refusal, asked)].find(
    (found) => found && isSpare(found) && valueAt(asked, found) !== undefined,
  );
  if (!path) return undefined;
  const twin = TWINS[path.join(".")];
  const wasTried = twin !== undefined && before.some(({ path: [first] }) => first === twin);
  return twin !== undefined && !wasTried ? { path, instead: twin } : { path };
}

/** A copy of a request's body with the edits of its model. */
export function edited(asked: Body, edits: readonly Edit[]): Body {
  const body = structuredClone(asked);
  for (const { path, instead } of edits) {
    const value = valueAt(body, path);
    if (value === undefined) continue;
    removeAt(body, path);
    if (instead !== undefined) body[instead] = value;
  }
  return body;
}

/** The value of a parameter; of one that stands in a list, the first. */
export function valueAt(body: unknown, path: readonly string[]): unknown {
  let at = body;
  for (const step of path) {
    if (step === "[]") at = Array.isArray(at) ? at[0] : undefined;
    else at = isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

/**
 * How long the reply may be has two names: one of OpenAI's reasoning models, one of nearly all
 * others.
 */
const TWINS: Record<string, string> = {
  max_tokens: "max_completion_tokens",
  max_completion_tokens: "max_tokens",
};

/** Parameters without which a request still asks the same. */
const SPARE = new Set([
  "temperature",
  "top_p",
  "top_k",
  "n",
  "seed",
  "stop",
  "user",
  "store",
  "metadata",
  "logit_bias",
  "logprobs",
  "top_logprobs",
  "best_of",
  "echo",
  "presence_penalty",
  "frequency_penalty",
  "stream_options",
  "max_tokens",
  "max_completion_tokens",
  "parallel_tool_calls",
  "reasoning_effort",
  "verbosity",
  "service_tier",
  "encoding_format",
  "response_format",
  "tool_choice",
]);

/**
 * A part of a parameter that may go although the rest must stay: whether a schema or a tool is
 * strict.
 */
const isSpare = (path: readonly string[]) =>
  path.length === 1
    ? SPARE.has(path[0] as string)
    : path.at(-1) === "strict" || SPARE.has(path[0] as string);

/** OpenAI names it: "temperature", "tools[0].function.strict". */
function pathInParam(refusal: string): string[] | undefined {
  const param = (parseJson(refusal) as { error?: { param?: unknown } } | undefined)?.error?.param;
  return typeof param === "string" && param !== "" ? stepsOf(param.split(/[.[\]]+/)) : undefined;
}

/**
 * FastAPI lists what it does not take, with the way to it; others pass the list on as text, quoted
 * as Python does.
 */
function pathInList(refusal: string): string[] | undefined {
  const found = /["']loc\\?["']\s*:\s*[[(]([^\])]*)[\])]/.exec(refusal);
  const parts = found?.[1]?.split(",").map((part) => part.replace(/[\\"'\s]/g, ""));
  return parts && stepsOf(parts.filter((part) => part !== "body"));
}

const stepsOf = (parts: string[]) =>
  parts.filter((part) => part !== "").map((part) => (/^\d+$/.test(part) ? "[]" : part));

const REFUSES =
  /unsupported|not support|unrecogni[sz]ed|unknown|unexpected|not (?:permitted|allowed|available|accept)|forbidden|invalid|does not (?:take|accept)|doesn't (?:take|accept|support)|deprecated|only .{1,40} (?:allowed|supported)|(?:less|greater|at most|at least|must be|should be|maximum|<=)/i;
const IS_LENGTH = /context[_ ](?:length|window)|too (?:long|many tokens)/i;

/** In plain words: the longest name of a parameter of the request that the refusal has in it. */
function pathInWords(refusal: string, asked: Body): string[] | undefined {
  if (!REFUSES.test(refusal) || IS_LENGTH.test(refusal)) return undefined;
  if (/\bstrict\b/.test(refusal)) {
    const strict = STRICT.find((path) => valueAt(asked, path) !== undefined);
    if (strict) return [...strict];
  }
  return Object.keys(asked)
    .filter((name) => SPARE.has(name) && !isCommonWord(name))
    .filter((name) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "i").test(refusal))
    .sort((a, b) => b.length - a.length)
    .map((name) => [name])[0];
}

const STRICT = [
  ["response_format", "json_schema", "strict"],
  ["tools", "[]", "function", "strict"],
] as const;

/** A name that may stand in any sentence says nothing there. */
const isCommonWord = (name: string) =>
  ["n", "stop", "user", "store", "echo", "seed"].includes(name);

function removeAt(body: unknown, [step, ...rest]: readonly string[]): void {
  if (step === undefined) return;
  if (step === "[]" && Array.isArray(body)) for (const one of body) removeAt(one, rest);
  if (!isObject(body)) return;
  if (rest.length === 0) delete body[step];
  else removeAt(body[step], rest);
}

function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
