import * as z from "zod";
import { withToolNames } from "../calls.ts";
import {
  functionShape,
  functionType,
  NO_EFFECT,
  name,
  noLogprobs,
  schemaShape,
  toolMode,
  verbosity,
} from "../parameters.ts";
import type { TextMessage, ToolChoice, Turn } from "../protocol.ts";
import { partOf, RefusedRequest, unsupported } from "../refused.ts";

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
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z
    .object({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() })
    .nullish(),
  max_tokens: limit,
  max_completion_tokens: limit,
  n: z.int().min(1).max(128).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
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
  const { max_tokens, max_completion_tokens, tool_choice: chosen } = request;
  if (max_tokens && max_completion_tokens)
    throw new RefusedRequest(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      "invalid_parameter_combination",
      "max_tokens",
    );
  const messages = withToolNames(request.messages.map(textMessage), refuseCalls);
  let tools = request.tools ?? [];
  let choice: ToolChoice | undefined;
  if (typeof chosen === "object" && chosen !== null && "allowed_tools" in chosen) {
    const named = chosen.allowed_tools.tools.map((one) => one.function.name);
    tools = tools.filter((one) => named.includes(one.function.name));
    choice = chosen.allowed_tools.mode;
  } else choice = chosen ?? undefined;
  const forced = typeof choice === "object" ? choice.function.name : undefined;
  if (forced !== undefined && !tools.some((one) => one.function.name === forced))
    throw new RefusedRequest(
      `Invalid value: 'tool_choice' names the function '${forced}', which is not in 'tools'.`,
      "invalid_value",
      "tool_choice",
    );
  return {
    messages,
    tools: tools.map(({ function: one }) => ({ type: "function", function: one })),
    ...(choice && { choice }),
    oneCall: request.parallel_tool_calls === false,
    ...formatOf(request, messages),
    stops: [request.stop ?? []].flat(),
    limit: max_completion_tokens ?? max_tokens ?? Number.POSITIVE_INFINITY,
  };
}

function textMessage(message: ChatRequest["messages"][number]): TextMessage {
  const { role, content, tool_calls: calls, tool_call_id: callId } = message;
  return {
    role,
    content:
      typeof content === "string"
        ? content
        : (content ?? []).map(({ text, refusal }) => text ?? refusal ?? "").join(""),
    ...(calls?.length && { calls: calls.map(({ id, function: one }) => ({ id, ...one })) }),
    ...(callId !== undefined && { callId }),
  };
}

function refuseCalls(wrong: "no call" | "no answer", id: string, at: number): never {
  const message =
    wrong === "no call"
      ? "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'."
      : `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${id}`;
  throw new RefusedRequest(
    message,
    null,
    wrong === "no call" ? `messages[${at}].role` : "messages",
  );
}

function formatOf(
  { response_format: format }: ChatRequest,
  messages: readonly TextMessage[],
): Pick<Turn, "format"> {
  if (format?.type === "json_schema") return { format: format.json_schema.schema };
  if (format?.type !== "json_object") return {};
  if (!messages.some(({ content }) => /json/i.test(content)))
    throw new RefusedRequest(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      null,
      "messages",
    );
  return { format: "json" };
}
