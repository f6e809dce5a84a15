import { createHash } from "node:crypto";
import * as z from "zod";

/** What OpenAI's chat completions take, as far as the offline endpoint reads it. */
const part = z.object({ type: z.string(), text: z.string().optional() });
const content = z.union([z.string(), z.array(part), z.null()]).optional();
const message = z.object({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content,
});
const parameters = z.object({
  properties: z
    .record(
      z.string(),
      z.looseObject({ type: z.unknown().optional(), enum: z.unknown().optional() }),
    )
    .optional(),
  required: z.array(z.string()).optional(),
});
const tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name: z.string(),
    description: z.string().optional(),
    parameters: parameters.optional(),
  }),
});
export type ChatTool = z.infer<typeof tool>;
const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.object({ function: z.object({ name: z.string() }) }),
]);
export type ToolChoice = z.infer<typeof toolChoice>;
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
  tools: z.array(z.unknown()).nullish(),
  tool_choice: z.unknown().optional(),
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

/** The tools of a request that the tutor can read, and which of them it may use; others do no harm. */
export function toolsOf(request: ChatRequest) {
  const tools = (request.tools ?? []).flatMap((given) => tool.safeParse(given).data ?? []);
  return { tools, choice: toolChoice.safeParse(request.tool_choice).data };
}

/** A function of the program's that is to be called first. */
export interface ToolUse {
  name: string;
  arguments: Record<string, string>;
}

/** A whole answer, before it is put into one of its two forms. */
export interface Completion {
  id: string;
  model: string;
  text: string;
  /** the text is empty then */
  toolUse?: ToolUse;
  finish: "stop" | "length" | "tool_calls";
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

/** The same request has the same id, so that runs can be compared. */
export function idOf(request: unknown): string {
  return `chatcmpl-${createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 24)}`;
}

/** A fixed time: the endpoint's answers depend on the request alone. */
const CREATED = 0;

/** A call of a function as OpenAI words it. */
function toolCallsOf({ id, toolUse }: Completion) {
  if (!toolUse) return undefined;
  const { name, arguments: given } = toolUse;
  const call = { name, arguments: JSON.stringify(given) };
  return [{ id: id.replace("chatcmpl-", "call_"), type: "function", function: call }];
}

export function wholeBody(completion: Completion) {
  const { id, model, text, finish, usage } = completion;
  const calls = toolCallsOf(completion);
  const said = { role: "assistant", content: calls ? null : text, refusal: null };
  const message = calls ? { ...said, tool_calls: calls } : said;
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
export function* chunks(completion: Completion, withUsage: boolean) {
  const { id, model, text, finish, usage } = completion;
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
  // The name comes first, and then the arguments bit by bit, as from OpenAI.
  for (const [index, call] of (toolCallsOf(completion) ?? []).entries()) {
    const { name, arguments: given } = call.function;
    yield chunk([choice({ tool_calls: [{ index, ...call, function: { name, arguments: "" } }] })]);
    for (const bit of given.match(/[\s\S]{1,12}/g) ?? [])
      yield chunk([choice({ tool_calls: [{ index, function: { arguments: bit } }] })]);
  }
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
