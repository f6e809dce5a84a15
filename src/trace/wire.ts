import type { Serialized } from "@langchain/core/load/serializable";
import type { AIMessage, UsageMetadata } from "@langchain/core/messages";
import type { LLMResult } from "@langchain/core/outputs";
import type { EventOf } from "./events.ts";
import { toJson } from "./json.ts";
import type { Filling } from "./origins.ts";
import type { WireMessage } from "./roles.ts";
import type { OfferedTool } from "./shapes.ts";

export interface WireBody {
  kind: "chat" | "completion";
  model: string;
  messages: WireMessage[];
  tools: OfferedTool[];
}

export interface EmbeddingBody {
  kind: "embedding";
  model: string;
  texts: string[];
}

/** The prompt in the body of an OpenAI request; undefined for requests that carry none. */
export function parseBody(raw: unknown): WireBody | EmbeddingBody | undefined {
  return typeof raw === "string" ? readBody(JSON.parse(raw)) : undefined;
}

/** The prompt in a body that is read already; see parseBody. */
export function readBody(body: unknown): WireBody | EmbeddingBody | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { model, messages, prompt, input, tools } = body as Record<string, unknown>;
  const name = typeof model === "string" ? model : "";
  if (input !== undefined)
    return { kind: "embedding", model: name, texts: [input].flat().map(String) };
  if (Array.isArray(messages)) {
    return {
      kind: "chat",
      model: name,
      messages: messages.map(({ role, content, name: speaker, tool_calls: calls }) => {
        const called = callTexts(calls).join("\n");
        const said = [textOf(content), called].filter((text) => text !== "").join("\n");
        return { role, content: said, name: speaker, ...(called !== "" && { called }) };
      }),
      tools: Array.isArray(tools) ? tools.map(offeredTool) : [],
    };
  }
  if (prompt === undefined) return undefined;
  return {
    kind: "completion",
    model: name,
    tools: [],
    messages: [{ role: "user", content: [prompt].flat().join("\n") }],
  };
}

/** The tools that a request offers, as the start of its call tells them. */
export function toolsIn({ tools }: WireBody): Pick<EventOf<"call-start">, "tools" | "offered"> {
  return tools.length === 0 ? {} : { tools: tools.map(({ name }) => name), offered: tools };
}

function offeredTool(tool: { function?: Partial<OfferedTool> }): OfferedTool {
  const { name, description, parameters } = tool?.function ?? {};
  return {
    name: String(name),
    description: description ?? "",
    parameters: toJson(parameters ?? {}),
  };
}

/** The text of a message's content: a string, or OpenAI's list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (typeof part?.text === "string" ? part.text : "")).join("");
}

/** A reply, or the calls of tools that stand in its place. */
export function replyText(output: LLMResult): string {
  const generation = output.generations[0]?.[0];
  const message = generation && "message" in generation ? generation.message : undefined;
  const calls = (message as { tool_calls?: { name: string; args: unknown }[] })?.tool_calls ?? [];
  const told = calls.map(({ name, args }) => toolText(name, JSON.stringify(args)));
  return [generation?.text ?? "", ...told].filter((text) => text !== "").join("\n");
}

/**
 * What stands beside the text of a chat's reply: the thought before it, and an end that is not the
 * usual one.
 */
export function besideIn(output: LLMResult): Pick<EventOf<"call-end">, "thought" | "finish"> {
  const generation = output.generations[0]?.[0];
  if (!generation || !("message" in generation)) return {};
  const { additional_kwargs: more } = generation.message as AIMessage;
  const thought = typeof more.reasoning_content === "string" ? more.reasoning_content.trim() : "";
  const finish = generation.generationInfo?.finish_reason;
  return {
    ...(thought !== "" && { thought }),
    ...((finish === "length" || finish === "refusal") && { finish }),
  };
}

/** A count that a server tells; some tell zero where they do not count. */
export function counted(tokens: unknown): number | undefined {
  return typeof tokens === "number" && tokens > 0 ? tokens : undefined;
}

/** How many of the input tokens the provider had in its cache, where it says so. */
export function cachedIn({ generations }: LLMResult): number {
  const first = generations[0]?.[0] as { message?: { usage_metadata?: UsageMetadata } } | undefined;
  return first?.message?.usage_metadata?.input_token_details?.cache_read ?? 0;
}

/** Calls of tools in a message that was sent, as they are shown. */
function callTexts(calls: unknown): string[] {
  if (!Array.isArray(calls)) return [];
  return calls.map((call) => toolText(call?.function?.name, call?.function?.arguments));
}

const toolText = (name: string, given: string) => `→ ${name}(${given})`;

/**
 * The templates of a chain or prompt, with its values. Serialized objects hold their parts
 * unserialised; a prompt for chat has a template for each message.
 */
export function fillingsOf(chain: Serialized, values: Record<string, unknown>): Filling[] {
  const kwargs = (chain && "kwargs" in chain ? chain.kwargs : undefined) as
    | Record<string, unknown>
    | undefined;
  const prompt = kwargs?.prompt as Record<string, unknown> | undefined;
  const messages = [kwargs?.messages ?? prompt?.promptMessages ?? []].flat() as {
    prompt?: { template?: unknown };
  }[];
  return [
    kwargs?.template ?? prompt?.template,
    ...messages.map((message) => message?.prompt?.template),
  ]
    .filter((template) => typeof template === "string")
    .map((template) => ({ template, values }));
}
