import * as z from "zod";
import {
  functionShape,
  functionType,
  NO_EFFECT,
  name,
  noLogprobs,
  REPLIES,
  schemaShape,
  toolMode,
  verbosity,
} from "../parameters.ts";
import type { TextMessage, Turn } from "../protocol.ts";
import { partOf, RefusedRequest, unsupported } from "../refused.ts";
import { chosenFrom, formatOf, textOf, withToolNames } from "../turns.ts";

const part = partOf(["text", "refusal"], ["image_url", "input_audio", "file"]);
const call = z.looseObject({
  id: z.string(),
  type: functionType,
  function: z.object({ name: z.string(), arguments: z.string() }),
});
const message = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content: z.union([z.string(), z.array(part), z.null()]).optional(),
  tool_calls: z.array(call).nullish(),
  tool_call_id: z.string().optional(),
  name: z.string().nullish(),
});
const tool = z.looseObject({ type: functionType, function: z.looseObject(functionShape) });
const choice = z.object({ type: functionType, function: z.object({ name }) });
const allowed = z.object({
  type: z.literal("allowed_tools"),
  allowed_tools: z.object({ mode: z.enum(["auto", "required"]), tools: z.array(choice) }),
});
const limit = z.int().min(1).nullish();
const penalty = z.number().min(-2).max(2).nullish();

/** The body of /v1/chat/completions, as OpenAI has it. */
export const chatRequest = z.strictObject({
  ...NO_EFFECT,
  ...REPLIES,
  model: z.string(),
  messages: z.array(message).min(1),
  max_tokens: limit,
  max_completion_tokens: limit,
  response_format: z
    .discriminatedUnion("type", [
      z.object({ type: z.literal("text") }),
      z.object({ type: z.literal("json_object") }),
      z.object({ type: z.literal("json_schema"), json_schema: z.looseObject(schemaShape) }),
    ])
    .nullish(),
  tools: z.array(tool).max(128).nullish(),
  tool_choice: z.union([toolMode, choice, allowed]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  seed: z.int().nullish(),
  frequency_penalty: penalty,
  presence_penalty: penalty,
  prediction: z.looseObject({}).nullish(),
  logprobs: noLogprobs,
  top_logprobs: noLogprobs,
  logit_bias: unsupported().or(z.strictObject({})),
  modalities: z.array(z.literal("text", { error: "this model writes text only" })).nullish(),
  audio: unsupported("It writes text only."),
  reasoning_effort: unsupported("", ["none"]),
  verbosity,
  web_search_options: unsupported("It searches no web."),
  functions: unsupported("Use 'tools' instead."),
  function_call: unsupported("Use 'tool_choice' instead."),
});

export type ChatRequest = z.infer<typeof chatRequest>;

/** The turn that a request asks for. @throws RefusedRequest */
export function turnOf(request: ChatRequest): Turn {
  const { max_tokens, max_completion_tokens, response_format: format } = request;
  if (max_tokens && max_completion_tokens)
    throw new RefusedRequest(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      "invalid_parameter_combination",
      "max_tokens",
    );
  const messages = withToolNames(request.messages.map(textMessage), refuseCalls);
  const tools = (request.tools ?? []).map(({ function: one }) => ({
    type: "function" as const,
    function: one,
  }));
  const schema = format?.type === "json_schema" ? format.json_schema.schema : undefined;
  return {
    messages,
    ...chosenFrom(tools, chosenBy(request), refuseTool),
    oneCall: request.parallel_tool_calls === false,
    ...formatOf(format?.type, schema, messages, refuseFormat),
    stops: [request.stop ?? []].flat(),
    limit: max_completion_tokens ?? max_tokens ?? Number.POSITIVE_INFINITY,
  };
}

function chosenBy({ tool_choice: chosen }: ChatRequest) {
  if (!chosen || typeof chosen === "string" || !("allowed_tools" in chosen)) return chosen;
  const { mode, tools } = chosen.allowed_tools;
  return { mode, names: tools.map((one) => one.function.name) };
}

function textMessage(message: ChatRequest["messages"][number]): TextMessage {
  const { role, content, tool_calls: calls, tool_call_id: callId } = message;
  return {
    role,
    content: textOf(content),
    ...(calls?.length && { calls: calls.map(({ id, function: one }) => ({ id, ...one })) }),
    ...(callId !== undefined && { callId }),
  };
}

function refuseCalls(wrong: "no call" | "no answer", id: string, at: number): never {
  const isOrphan = wrong === "no call";
  const message = isOrphan
    ? "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
    : `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${id}`;
  // OpenAI writes these places with a dot, and its own spelling of "preceding".
  throw new RefusedRequest(message, null, `messages.[${at}].role`);
}

function refuseTool(name: string): never {
  throw new RefusedRequest(
    `Invalid value: 'tool_choice' names the function '${name}', which is not in 'tools'.`,
    "invalid_value",
    "tool_choice",
  );
}

function refuseFormat(): never {
  throw new RefusedRequest(
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    null,
    "messages",
  );
}
