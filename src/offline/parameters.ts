import * as z from "zod";
import { unsupported } from "./refused.ts";

/**
 * Parameters that OpenAI takes with no effect that a client could see, or that only choose among
 * likely words: the tutor always says the likeliest. They are checked, and change nothing.
 */
export const NO_EFFECT = {
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  prompt_cache_retention: z.string().nullish(),
  prompt_cache_options: z.looseObject({}).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  store: z.boolean().nullish(),
  service_tier: z.enum(["auto", "default", "flex", "scale", "priority"]).nullish(),
};

/** How replies come, in chat and in completions. */
export const REPLIES = {
  stream: z.boolean().nullish(),
  stream_options: z
    .object({ include_usage: z.boolean().nullish(), include_obfuscation: z.boolean().nullish() })
    .nullish(),
  n: z.int().min(1).max(128).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
};

export const verbosity = z
  .literal("medium", {
    error: "Unsupported value: 'verbosity' is only supported as 'medium' with this model.",
  })
  .nullish();

const FUNCTIONS_ONLY = "This endpoint calls functions only.";

/** The name of a function or of a schema. */
export const name = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, {
  error: "expected 1 to 64 letters, digits, '_' and '-'",
});

/** A function as both APIs describe it. */
export const functionShape = {
  name,
  description: z.string().nullish(),
  parameters: z.looseObject({}).nullish(),
  strict: z.boolean().nullish(),
};

export const functionType = z.string().refine((type) => type === "function", {
  error: (issue) => `Tool type '${String(issue.input)}' is not supported. ${FUNCTIONS_ONLY}`,
  params: { code: "unsupported_value" },
});

export const schemaShape = {
  name,
  description: z.string().nullish(),
  schema: z.looseObject({}),
  strict: z.boolean().nullish(),
};

const NO_LOGPROBS = "The tutor is made of rules and has no probabilities.";
export const noLogprobs = unsupported(NO_LOGPROBS, [false, 0]);
export const toolMode = z.enum(["none", "auto", "required"]);
