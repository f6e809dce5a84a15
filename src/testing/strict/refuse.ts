import * as z from "zod";
import { isFields } from "../../model/told.ts";
import { type ChatRequest, chatRequest, turnOf as turnOfChat } from "../../offline/chat/request.ts";
import { RefusedRequest, refusalOf } from "../../offline/refused.ts";
import { responseRequest } from "../../offline/responses/request.ts";
import { turnOf } from "../../offline/responses/turn.ts";
import type { Call } from "../types.ts";
import { isReasoning, limitsOf } from "./models.ts";
import { refusedParameter } from "./parameters.ts";
import { refusedSchema } from "./schemas.ts";

type Fields = Record<string, unknown>;

/** Why OpenAI would not answer a call, in its own words; undefined where it would. */
export function refuse(call: Call, contextWindow?: number): RefusedRequest | undefined {
  const { api, body } = call;
  if (api === "completions") return tooLong(call, contextWindow);
  const isChat = api === "chat";
  return (
    (isChat ? refusedMessages(body) : undefined) ??
    refusedShape(body, isChat) ??
    refusedParameter(body, isChat) ??
    refusedSchema(body, isChat) ??
    tooLong(call, contextWindow)
  );
}

const part = z.looseObject({
  type: z.enum(["text", "image_url", "input_audio", "refusal", "file"]),
});
const message = z.looseObject({
  // In the order in which OpenAI names them.
  role: z.enum(["system", "assistant", "user", "function", "tool", "developer"]),
  content: z.union([z.string(), z.array(part).min(1), z.null()]).optional(),
});
const tool = z.discriminatedUnion("type", [
  z.looseObject({
    ...chatRequest.shape.tools.unwrap().unwrap().element.shape,
    type: z.literal("function"),
  }),
  z.looseObject({ type: z.literal("custom"), custom: z.looseObject({ name: z.string() }) }),
]);

/** The body of a request for a chat, with all that some model of OpenAI's takes. */
const openAiChat = chatRequest.extend({
  messages: z.array(message).min(1),
  tools: z.array(tool).min(1).max(128).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  logit_bias: z.record(z.string(), z.number().min(-100).max(100)).nullish(),
  reasoning_effort: z.string().nullish(),
  verbosity: z.enum(["low", "medium", "high"]).nullish(),
  modalities: z.array(z.enum(["text", "audio"])).nullish(),
  audio: z.looseObject({}).nullish(),
  web_search_options: z.looseObject({}).nullish(),
  functions: z.array(z.looseObject({ name: z.string() })).nullish(),
  function_call: z.unknown().optional(),
});

/** The body of a request for a response; what only OpenAI can do is not looked into. */
const openAiResponse = responseRequest.extend({
  input: z.unknown(),
  tools: z.array(z.looseObject({ type: z.string() })).nullish(),
  tool_choice: z.unknown().optional(),
  include: z.array(z.string()).nullish(),
  reasoning: z.looseObject({}).nullish(),
  text: z.looseObject({}).nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  previous_response_id: z.string().nullish(),
  conversation: z.unknown().optional(),
  background: z.boolean().nullish(),
  prompt: z.unknown().optional(),
  context_management: z.unknown().optional(),
  moderation: z.unknown().optional(),
});

function refusedShape(body: Fields, isChat: boolean): RefusedRequest | undefined {
  if (isChat) {
    const unknown = Object.keys(body).find((key) => !(key in openAiChat.shape));
    if (unknown !== undefined)
      return new RefusedRequest(`Unrecognized request argument supplied: ${unknown}`, null, null);
  }
  const parsed = (isChat ? openAiChat : openAiResponse).safeParse(body, { reportInput: true });
  if (!parsed.success) return refusalOf(parsed.error);
  return refusedTurn(body, isChat);
}

/** Why a conversation is refused that has the right shape: tools without results, and the like. */
function refusedTurn(body: Fields, isChat: boolean): RefusedRequest | undefined {
  try {
    if (isChat) turnOfChat({ ...(body as ChatRequest), tools: functionsIn(body.tools) });
    else {
      // What the endpoint keeps may hold the other half of a call.
      if (typeof body.previous_response_id === "string" || body.conversation) return undefined;
      const known = responseRequest.safeParse({ model: body.model, input: body.input });
      if (known.success) turnOf(known.data);
    }
    return undefined;
  } catch (error) {
    if (error instanceof RefusedRequest) return error;
    throw error;
  }
}

const functionsIn = (tools: unknown) =>
  Array.isArray(tools) ? tools.filter((one) => one?.type === "function") : undefined;

function refusedMessages({ model, messages }: Fields): RefusedRequest | undefined {
  const all = Array.isArray(messages) ? messages.filter(isFields) : [];
  for (const [at, one] of all.entries()) {
    const { role, content, tool_calls: calls, function_call: called } = one;
    const mayBeEmpty = role === "assistant" && (calls !== undefined || called !== undefined);
    if (content === null && !mayBeEmpty)
      return new RefusedRequest(
        "Invalid value for 'content': expected a string, got null.",
        null,
        `messages.[${at}].content`,
      );
    // OpenAI takes it; Anthropic and what stands before its models refuse it, in these words.
    if (content === "" && role === "user")
      return new RefusedRequest(
        "messages: text content blocks must be non-empty",
        null,
        `messages.[${at}].content`,
      );
    if (role === "function" && isReasoning(String(model)))
      return new RefusedRequest(
        `Unsupported value: 'messages[${at}].role' does not support 'function' with this model.`,
        "unsupported_value",
        `messages[${at}].role`,
      );
  }
  return undefined;
}

function tooLong({ api, model, body, tokens }: Call, window?: number): RefusedRequest | undefined {
  const limits = limitsOf(model);
  const most = window ?? limits?.input ?? Number.POSITIVE_INFINITY;
  const code = "context_length_exceeded";
  if (api === "responses") {
    if (tokens <= most || body.truncation === "auto") return undefined;
    const message =
      "Your input exceeds the context window of this model. Please adjust your input and try again.";
    return new RefusedRequest(message, code, "input");
  }
  if (limits?.isInputAlone && window === undefined) {
    if (tokens <= most) return undefined;
    return new RefusedRequest(
      `Input tokens exceed the configured limit of ${most} tokens. Your messages resulted in ${tokens} tokens. Please reduce the length of the messages.`,
      code,
      "messages",
    );
  }
  const reply = Number(body.max_completion_tokens ?? body.max_tokens ?? 0);
  if (tokens + reply <= most) return undefined;
  const what =
    reply > 0
      ? `you requested ${tokens + reply} tokens (${tokens} in the messages, ${reply} in the completion). Please reduce the length of the messages or completion.`
      : `your messages resulted in ${tokens} tokens. Please reduce the length of the messages.`;
  return new RefusedRequest(
    `This model's maximum context length is ${most} tokens. However, ${what}`,
    code,
    "messages",
  );
}
