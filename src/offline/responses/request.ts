import * as z from "zod";
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
import { partOf, unsupported } from "../refused.ts";

const part = partOf(
  ["input_text", "output_text", "refusal"],
  ["input_image", "input_file", "input_audio", "computer_screenshot"],
);
const content = z.union([z.string(), z.array(part)]);
const message = z.looseObject({
  type: z.literal("message"),
  role: z.enum(["user", "assistant", "system", "developer"]),
  content,
});
const functionCall = z.looseObject({
  type: z.literal("function_call"),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
});
const functionCallOutput = z.looseObject({
  type: z.literal("function_call_output"),
  call_id: z.string(),
  output: content,
});
const reference = z.looseObject({ type: z.literal("item_reference"), id: z.string() });
// What a model thought before its answer has no effect on ours.
const reasoning = z.looseObject({ type: z.literal("reasoning") });

/** What may stand in `input`. */
export const inputItem = z.preprocess(
  withType,
  z.discriminatedUnion("type", [message, functionCall, functionCallOutput, reference, reasoning], {
    error: ({ input }) =>
      `Items of type '${String((input as { type?: unknown } | null)?.type)}' are not supported. This endpoint reads 'message', 'function_call', 'function_call_output', 'item_reference' and 'reasoning'`,
  }),
);

export type InputItem = z.infer<typeof inputItem>;

const tool = z.looseObject({ type: functionType, ...functionShape });
const choice = z.object({ type: functionType, name });
const allowed = z.object({
  type: z.literal("allowed_tools"),
  mode: z.enum(["auto", "required"]),
  tools: z.array(choice),
});
const format = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.looseObject({ type: z.literal("json_schema"), ...schemaShape }),
]);
const SEND_ITEMS = "This endpoint keeps nothing: send the earlier items in 'input'.";

/** The body of /v1/responses, as OpenAI has it. */
export const responseRequest = z.strictObject({
  ...NO_EFFECT,
  model: z.string(),
  input: z.union([z.string(), z.array(inputItem).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_obfuscation: z.boolean().nullish() }).nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  max_tool_calls: z.int().min(1).nullish(),
  text: z.strictObject({ format: format.nullish(), verbosity }).nullish(),
  tools: z.array(tool).max(128).nullish(),
  tool_choice: z.union([toolMode, choice, allowed]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  truncation: z.enum(["auto", "disabled"]).nullish(),
  include: z
    .array(
      z.string().refine((value) => value !== "message.output_text.logprobs", {
        params: { code: "unsupported_parameter", why: "The tutor has no probabilities." },
      }),
    )
    .nullish(),
  reasoning: z
    .strictObject({
      effort: unsupported("", ["none"]),
      summary: unsupported(),
      generate_summary: unsupported(),
    })
    .nullish(),
  top_logprobs: noLogprobs,
  previous_response_id: unsupported(SEND_ITEMS),
  conversation: unsupported(SEND_ITEMS),
  background: unsupported("It answers at once.", [false]),
  prompt: unsupported("Send 'instructions' and 'input' instead."),
  context_management: unsupported(),
  moderation: unsupported(),
});

export type ResponseRequest = z.infer<typeof responseRequest>;

/** A message and a reference may leave out their type. */
function withType(item: unknown): unknown {
  if (typeof item !== "object" || item === null || ("type" in item && item.type != null))
    return item;
  if ("role" in item) return { ...item, type: "message" };
  return "id" in item ? { ...item, type: "item_reference" } : item;
}
