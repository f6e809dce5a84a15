import { setImmediate } from "node:timers/promises";
import * as z from "zod";
import { askingIds } from "../tinylm/rows.ts";
import type { NamedModel } from "../tinylm/shipped.ts";
import type { Token } from "../tinylm/tiny-model.ts";
import { END } from "../tinylm/vocabulary.ts";
import { REPLIES } from "./parameters.ts";
import { CREATED, firstStop, idOf } from "./protocol.ts";
import { RefusedRequest, unsupported } from "./refused.ts";
import { type DecodeTokens, textsOf, textsShape } from "./texts.ts";

/** The body of /v1/completions, as OpenAI has it; `top_k` is an extension that vLLM has too. */
export const completionRequest = z.strictObject({
  ...REPLIES,
  model: z.string(),
  prompt: textsShape(z.string()),
  max_tokens: z.int().min(0).max(512).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.int().min(0).nullish(),
  logprobs: z.int().min(0).max(20).nullish(),
  seed: z.int().nullish(),
  echo: z.boolean().nullish(),
  user: z.string().nullish(),
  best_of: unsupported("Ask for 'n' choices instead.", [1]),
  suffix: unsupported("It only continues text.", [""]),
  frequency_penalty: unsupported("", [0]),
  presence_penalty: unsupported("", [0]),
  logit_bias: unsupported().or(z.strictObject({})),
});

export type CompletionRequest = z.infer<typeof completionRequest>;

/**
 * What is written for one request at the most: the model writes some thousands of tokens a second.
 */
const MOST_TOKENS = 4096;

/**
 * Texts continued by a tiny model: the choices of the first prompt, then those of the second.
 *
 * @throws RefusedRequest for what is not written here
 */
export async function completeTexts(
  request: CompletionRequest,
  named: NamedModel,
  decode?: DecodeTokens,
): Promise<Continued[]> {
  if (request.echo && request.logprobs != null)
    throw new RefusedRequest(
      "'echo' together with 'logprobs' is not supported with this model.",
      "unsupported_parameter",
      "echo",
    );
  const prompts = textsOf(request.prompt, "prompt", decode);
  const choices = request.n ?? 1;
  const asked = prompts.length * choices * (request.max_tokens ?? 16);
  if (asked > MOST_TOKENS)
    throw new RefusedRequest(
      `Invalid 'max_tokens': all choices of all prompts together may have ${MOST_TOKENS} tokens here, and ${asked} are asked for.`,
      "integer_above_max_value",
      "max_tokens",
    );
  const continued: Continued[] = [];
  for (const prompt of prompts) {
    for (let at = 0; at < choices; at++) {
      continued.push(continueText(request, prompt, at, named));
      // Other clients have their turn between two texts.
      await setImmediate();
    }
  }
  return continued;
}

export type Continued = ReturnType<typeof continueText>;

/**
 * A text continued, in pieces, with what OpenAI's answer says about it.
 *
 * A base model is given the prompt as it is. A tuned one is given it between the two marks of who
 * speaks that its tuning taught it, as servers of instruction-tuned models do.
 */
function continueText(
  request: CompletionRequest,
  prompt: string,
  at: number,
  { model, stage }: NamedModel,
) {
  const { tokenizer } = model;
  const given =
    stage === "base" ? [END, ...tokenizer.encode(prompt)] : askingIds(tokenizer, prompt);
  const stops = [request.stop ?? []].flat();
  const tokens: Token[] = [];
  let text = "";
  let end = Number.POSITIVE_INFINITY;
  for (const token of model.tokens(given, writingOf(request, prompt, at))) {
    tokens.push(token);
    text = tokenizer.decode(tokens.map(({ id }) => id));
    end = firstStop(text, stops);
    if (end < text.length) break;
  }
  const ended = end <= text.length || tokens.at(-1)?.id === END;
  const ids = tokens.map(({ id }) => id);
  const echoed = request.echo ? [prompt] : [];
  return {
    text: echoed.join("") + text.slice(0, end),
    pieces: [...echoed, ...piecesUpTo(tokenizer.split(ids), end)],
    finish: ended ? "stop" : "length",
    logprobs:
      request.logprobs == null
        ? null
        : logprobsOf(tokens, request.logprobs, (id) => tokenizer.name(id)),
    // The choices of one prompt share it.
    tokens: { prompt: at === 0 ? given.length : 0, reply: ids.length },
  };
}

/** How to write: without a seed, one that depends on the prompt, so that the same request gets the same answer. */
function writingOf(request: CompletionRequest, prompt: string, at: number) {
  return {
    most: request.max_tokens ?? 16,
    temperature: request.temperature ?? 1,
    topP: request.top_p ?? 1,
    topK: request.top_k ?? 0,
    seed: (request.seed ?? seedOf(prompt)) + at,
  };
}

const seedOf = (prompt: string) =>
  [...prompt].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0, 7);

/** For each token the logarithms of its probability and of those of the likeliest, as the model has them at temperature 1. */
function logprobsOf(tokens: Token[], top: number, name: (id: number) => string) {
  const logOf = ({ likely }: Token, wanted: number) =>
    Math.log(likely.find(({ id }) => id === wanted)?.probability ?? 1e-30);
  return {
    tokens: tokens.map(({ id }) => name(id)),
    token_logprobs: tokens.map((token) => logOf(token, token.id)),
    top_logprobs: tokens.map(({ likely }) =>
      Object.fromEntries(
        likely.slice(0, top).map(({ id, probability }) => [name(id), Math.log(probability)]),
      ),
    ),
    text_offset: tokens.map((_, at) =>
      tokens.slice(0, at).reduce((sum, { id }) => sum + name(id).length, 0),
    ),
  };
}

function piecesUpTo(pieces: string[], end: number): string[] {
  let left = end;
  return pieces
    .map((piece) => {
      const kept = piece.slice(0, Math.max(0, left));
      left -= piece.length;
      return kept;
    })
    .filter((piece) => piece !== "");
}

export function wholeCompletion(request: CompletionRequest, continued: readonly Continued[]) {
  const choices = continued.map(({ text, finish, logprobs }, index) =>
    choice(index, text, finish, logprobs),
  );
  return { ...headOf(request), choices, usage: usageOf(continued) };
}

export function* completionChunks(request: CompletionRequest, continued: readonly Continued[]) {
  const head = headOf(request);
  for (const [index, { pieces, finish, logprobs }] of continued.entries()) {
    for (const piece of pieces) yield { ...head, choices: [choice(index, piece, null)] };
    yield { ...head, choices: [choice(index, "", finish, logprobs)] };
  }
  if (request.stream_options?.include_usage)
    yield { ...head, choices: [], usage: usageOf(continued) };
}

const headOf = (request: CompletionRequest) => ({
  id: idOf("cmpl-", request),
  object: "text_completion",
  created: CREATED,
  model: request.model,
});

const choice = (
  index: number,
  text: string,
  finish: string | null,
  logprobs: object | null = null,
) => ({ index, text, logprobs, finish_reason: finish });

function usageOf(continued: readonly Continued[]) {
  const sum = (kind: "prompt" | "reply") =>
    continued.reduce((all, { tokens }) => all + tokens[kind], 0);
  return {
    prompt_tokens: sum("prompt"),
    completion_tokens: sum("reply"),
    total_tokens: sum("prompt") + sum("reply"),
  };
}
