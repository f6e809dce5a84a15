import { listed, RefusedRequest } from "../../offline/refused.ts";
import {
  effortsOf,
  isOpenAi,
  isReasoning,
  limitsOf,
  takesSchemas,
  takesToolsAndThought,
  thinksUnasked,
} from "./models.ts";

type Fields = Record<string, unknown>;

interface Asked {
  model: string;
  body: Fields;
  /** how much thought is asked for; undefined where nothing is said */
  effort: unknown;
  /** where that stands: "reasoning_effort", "reasoning.effort" */
  effortAt: string;
  isChat: boolean;
}

/** Why a model does not take a parameter or its value. Nothing is refused that we are unsure of. */
export function refusedParameter(body: Fields, isChat: boolean): RefusedRequest | undefined {
  const model = String(body.model);
  if (!isOpenAi(model)) return undefined;
  const { effort } = (body.reasoning ?? {}) as { effort?: unknown };
  const asked: Asked = isChat
    ? { model, body, effort: body.reasoning_effort, effortAt: "reasoning_effort", isChat }
    : { model, body, effort, effortAt: "reasoning.effort", isChat };
  return (
    refusedEffort(asked) ??
    refusedSampling(asked) ??
    refusedLength(asked) ??
    refusedVerbosity(asked) ??
    refusedTools(asked) ??
    refusedFormat(asked)
  );
}

function refusedEffort({ model, effort, effortAt, isChat }: Asked): RefusedRequest | undefined {
  if (effort === undefined || effort === null) return undefined;
  if (!isReasoning(model))
    return isChat
      ? new RefusedRequest("Unrecognized request argument supplied: reasoning_effort", null, null)
      : unsupported(effortAt);
  const efforts = effortsOf(model);
  if (!efforts || efforts.includes(String(effort))) return undefined;
  return new RefusedRequest(
    `Unsupported value: '${effort}' is not supported with the '${model}' model. Supported values are: ${listed(efforts)}.`,
    "unsupported_value",
    effortAt,
  );
}

/** Parameters that a model takes only if it does not think, and the values that change nothing. */
const SAMPLING: readonly (readonly [name: string, usual: readonly unknown[]])[] = [
  ["temperature", [1]],
  ["top_p", [1]],
  ["presence_penalty", [0]],
  ["frequency_penalty", [0]],
  ["logprobs", [false]],
  ["top_logprobs", [0]],
  ["logit_bias", []],
  ["stop", []],
];

function refusedSampling({ model, body, effort, isChat }: Asked): RefusedRequest | undefined {
  const thinks = effort === undefined || effort === null ? thinksUnasked(model) : effort !== "none";
  if (!isReasoning(model) || !thinks) return undefined;
  const found = SAMPLING.find(([name, usual]) => {
    const value = body[name];
    return value !== undefined && value !== null && !usual.includes(value);
  });
  if (!found) return undefined;
  const [name] = found;
  if (name === "temperature" && isChat)
    return new RefusedRequest(
      `Unsupported value: 'temperature' does not support ${body[name]} with this model. Only the default (1) value is supported.`,
      "unsupported_value",
      name,
    );
  return unsupported(name);
}

function refusedLength({ model, body, isChat }: Asked): RefusedRequest | undefined {
  if (!isChat) return undefined;
  if (isReasoning(model) && body.max_tokens !== undefined && body.max_tokens !== null)
    return unsupported("max_tokens", " Use 'max_completion_tokens' instead.");
  const most = limitsOf(model)?.output ?? Number.POSITIVE_INFINITY;
  const name = ["max_tokens", "max_completion_tokens"].find((one) => Number(body[one]) > most);
  if (!name) return undefined;
  return new RefusedRequest(
    `${name} is too large: ${body[name]}. This model supports at most ${most} completion tokens, whereas you provided ${body[name]}.`,
    null,
    name,
  );
}

function refusedVerbosity({ model, body, isChat }: Asked): RefusedRequest | undefined {
  const { verbosity } = (isChat ? body : (body.text ?? {})) as { verbosity?: unknown };
  if (isReasoning(model) || verbosity === undefined || verbosity === null) return undefined;
  if (verbosity === "medium") return undefined;
  return new RefusedRequest(
    `Unsupported value: '${verbosity}' is not supported with the '${model}' model. Supported values are: 'medium'.`,
    "unsupported_value",
    isChat ? "verbosity" : "text.verbosity",
  );
}

function refusedTools({ model, body, effort, isChat }: Asked): RefusedRequest | undefined {
  const hasTools = Array.isArray(body.tools) && body.tools.length > 0;
  const choice = body.tool_choice;
  if (!hasTools && choice !== undefined && choice !== null && choice !== "none")
    return isChat
      ? new RefusedRequest(
          "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
          null,
          "tool_choice",
        )
      : new RefusedRequest(
          `Tool choice '${choice}' must be specified with 'tools' parameter.`,
          null,
          "tool_choice",
        );
  if (!isChat || !hasTools || takesToolsAndThought(model) || !isReasoning(model)) return undefined;
  const isUnsaid = effort === undefined || effort === null;
  if (effort === "none" || (isUnsaid && !thinksUnasked(model))) return undefined;
  return new RefusedRequest(
    `Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.`,
    null,
    "reasoning_effort",
  );
}

function refusedFormat({ model, body }: Asked): RefusedRequest | undefined {
  const { type } = (body.response_format ?? {}) as { type?: unknown };
  if (type !== "json_schema" || takesSchemas(model)) return undefined;
  return new RefusedRequest(
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    null,
    "response_format",
  );
}

const unsupported = (name: string, why = "") =>
  new RefusedRequest(
    `Unsupported parameter: '${name}' is not supported with this model.${why}`,
    "unsupported_parameter",
    name,
  );
