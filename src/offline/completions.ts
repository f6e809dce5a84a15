import * as z from "zod";
import { continueText, piecesOf } from "./base/ngrams.ts";
import { idOf } from "./protocol.ts";

export const BASE_MODEL = "offline-base";

export const completionRequest = z.object({
  model: z.string(),
  prompt: z.union([z.string(), z.array(z.string()).length(1)]),
  max_tokens: z.number().int().min(1).max(512).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  seed: z.number().int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  n: z.literal(1, { error: "this endpoint gives one choice" }).nullish(),
});

export type CompletionRequest = z.infer<typeof completionRequest>;

/** A text continued by the base model, in pieces, with what OpenAI's answer tells of it. */
export function completeText(request: CompletionRequest, countTokens: (text: string) => number) {
  const prompt = [request.prompt].flat().join("");
  const seed =
    request.seed ??
    [...prompt].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
  const maxPieces = request.max_tokens ?? 16;
  const made = continueText(prompt, { maxPieces, temperature: request.temperature ?? 1, seed });
  const stops = [request.stop ?? []].flat().filter((stop) => stop !== "");
  const full = made.join("");
  const ends = stops.map((stop) => full.indexOf(stop)).filter((end) => end >= 0);
  const text = full.slice(0, Math.min(full.length, ...ends));
  const [input, output] = [countTokens(prompt), countTokens(text)];
  return {
    id: idOf(request).replace("chatcmpl", "cmpl"),
    model: request.model,
    text,
    pieces: piecesOf(text),
    finish: text.length < full.length ? "stop" : "length",
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
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
const choice = (text: string, finish: string | null) => ({
  index: 0,
  text,
  logprobs: null,
  finish_reason: finish,
});

export function wholeCompletion(continued: Continued) {
  return body(continued, [choice(continued.text, continued.finish)], { usage: continued.usage });
}

export function* completionChunks(continued: Continued, withUsage: boolean) {
  for (const piece of continued.pieces) yield body(continued, [choice(piece, null)]);
  yield body(continued, [choice("", continued.finish)]);
  if (withUsage) yield body(continued, [], { usage: continued.usage });
}
