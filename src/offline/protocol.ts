import { createHash } from "node:crypto";
import * as z from "zod";

/** What OpenAI's chat completions take, as far as the offline endpoint reads it. */
const part = z.object({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(part), z.null()]).optional();
const message = z.object({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content,
});
const limit = z.number().int().positive().nullish();

export const chatRequest = z.object({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: limit,
  max_completion_tokens: limit,
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  response_format: z
    .object({ type: z.string(), json_schema: z.object({ schema: z.looseObject({}) }).optional() })
    .nullish(),
  n: z.literal(1, { error: "this endpoint gives one choice" }).nullish(),
});

export type ChatRequest = z.infer<typeof chatRequest>;

/** A message as the tutor reads it. */
export interface TextMessage {
  role: string;
  content: string;
}

export function textMessages(request: ChatRequest): TextMessage[] {
  return request.messages.map(({ role, content }) => ({
    role,
    content:
      typeof content === "string"
        ? content
        : (content ?? []).map((part) => part.text ?? "").join(""),
  }));
}

/** The shape that the reply must have, where the request gives one. */
export function schemaOf(request: ChatRequest): object | undefined {
  return request.response_format?.json_schema?.schema;
}

/** A whole answer, before it is put into one of its two forms. */
export interface Completion {
  id: string;
  model: string;
  text: string;
  finish: "stop" | "length";
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

/** The same request has the same id, so that runs can be compared. */
export function idOf(request: unknown): string {
  return `chatcmpl-${createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 24)}`;
}

/** A fixed time: the endpoint's answers depend on the request alone. */
const CREATED = 0;

export function wholeBody({ id, model, text, finish, usage }: Completion) {
  const message = { role: "assistant", content: text, refusal: null };
  return {
    id,
    object: "chat.completion",
    created: CREATED,
    model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finish }],
    usage,
  };
}

/** The chunks of a stream: the role, the text piece by piece, the reason for its end, and the usage if it was asked for. */
export function* chunks({ id, model, text, finish, usage }: Completion, withUsage: boolean) {
  const chunk = (choices: object[], more = {}) => ({
    id,
    object: "chat.completion.chunk",
    created: CREATED,
    model,
    choices,
    ...more,
  });
  const choice = (delta: object, reason: string | null = null) => ({
    index: 0,
    delta,
    finish_reason: reason,
  });
  yield chunk([choice({ role: "assistant", content: "" })]);
  for (const piece of text.match(/\s*\S+|\s+/g) ?? []) yield chunk([choice({ content: piece })]);
  yield chunk([choice({}, finish)]);
  if (withUsage) yield chunk([], { usage });
}

/** An error as OpenAI words it. */
export function errorBody(
  message: string,
  type: string,
  code: string | null,
  param: string | null = null,
) {
  return { error: { message, type, param, code } };
}
