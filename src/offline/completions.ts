import * as z from "zod";
import { askingIds } from "../tinylm/rows.ts";
import type { NamedModel } from "../tinylm/shipped.ts";
import type { Token } from "../tinylm/tiny-model.ts";
import { END } from "../tinylm/vocabulary.ts";
import { idOf } from "./protocol.ts";

/** The body of /v1/completions, as OpenAI has it; `top_k` is an extension that vLLM has too. */
export const completionRequest = z.object({
  model: z.string(),
  prompt: z.union([z.string(), z.array(z.string()).length(1)]),
  max_tokens: z.number().int().min(1).max(512).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  top_k: z.number().int().min(0).nullish(),
  logprobs: z.number().int().min(0).max(20).nullish(),
  seed: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  n: z.literal(1, { error: "this endpoint gives one choice" }).nullish(),
});

export type CompletionRequest = z.infer<typeof completionRequest>;

/**
 * A text continued by a tiny model, in pieces, with what OpenAI's answer tells of it.
 *
 * A base model is given the prompt as it is. A tuned one is given it between the two marks of who speaks that
 * its tuning taught it, as servers of instruction-tuned models do.
 */
export function completeText(request: CompletionRequest, { model, stage }: NamedModel) {
  const prompt = [request.prompt].flat().join("");
  const { tokenizer } = model;
  const given =
    stage === "base" ? [END, ...tokenizer.encode(prompt)] : askingIds(tokenizer, prompt);
  const stops = [request.stop ?? []].flat().filter((stop) => stop !== "");
  const tokens: Token[] = [];
  let text = "";
  let end = Number.POSITIVE_INFINITY;
  for (const token of model.tokens(given, writingOf(request, prompt))) {
    tokens.push(token);
    text = tokenizer.decode(tokens.map(({ id }) => id));
    end = Math.min(...stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0));
    if (end < text.length) break;
  }
  const ended = end <= text.length || tokens.at(-1)?.id === END;
  const ids = tokens.map(({ id }) => id);
  return {
    id: idOf("cmpl-", request),
    model: request.model,
    text: text.slice(0, end),
    pieces: piecesUpTo(tokenizer.split(ids), end),
    finish: ended ? "stop" : "length",
    logprobs:
      request.logprobs == null
        ? null
        : logprobsOf(tokens, request.logprobs, (id) => tokenizer.name(id)),
    usage: {
      prompt_tokens: given.length,
      completion_tokens: ids.length,
      total_tokens: given.length + ids.length,
    },
  };
}

/** How to write: without a seed, one that depends on the prompt, so that the same request gets the same answer. */
function writingOf(request: CompletionRequest, prompt: string) {
  return {
    most: request.max_tokens ?? 16,
    temperature: request.temperature ?? 1,
    topP: request.top_p ?? 1,
    topK: request.top_k ?? 0,
    seed:
      request.seed ??
      [...prompt].reduce(
        (sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0,
        7,
      ),
  };
}

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

type Continued = ReturnType<typeof completeText>;

const body = ({ id, model }: Continued, choices: object[], more = {}) => ({
  id,
  object: "text_completion",
  created: 0,
  model,
  choices,
  ...more,
});
const choice = (text: string, finish: string | null, logprobs: object | null = null) => ({
  index: 0,
  text,
  logprobs,
  finish_reason: finish,
});

export function wholeCompletion(continued: Continued) {
  const { text, finish, logprobs, usage } = continued;
  return body(continued, [choice(text, finish, logprobs)], { usage });
}

export function* completionChunks(continued: Continued, withUsage: boolean) {
  const { pieces, finish, logprobs, usage } = continued;
  for (const piece of pieces) yield body(continued, [choice(piece, null)]);
  yield body(continued, [choice("", finish, logprobs)]);
  if (withUsage) yield body(continued, [], { usage });
}
