import type { WireMessage } from "../trace/roles.ts";
import { type EmbeddingBody, readBody } from "../trace/wire.ts";

/** A request for a reply, as the program sent it, read for showing and judging. */
export interface Sent {
  kind: "chat" | "completion";
  model: string;
  messages: SentMessage[];
  /** names of the tools that are offered */
  tools: string[];
  /** whether the reply is to be JSON, by a schema or without one */
  wantsJson: boolean;
  /** whether another reply is wanted each time: a temperature above 0, or several replies */
  isSampled: boolean;
}

interface SentMessage extends WireMessage {
  /** ids of the tool calls that the message asks for */
  asks: string[];
  /** the id of the tool call that the message answers */
  answers?: string;
}

type Fields = Record<string, unknown>;

/**
 * Reads a request by its path: chat completions, completions, responses, embeddings.
 *
 * @returns undefined for anything else, and for a body that is not what its path takes
 */
export function readSent(path: string, json: unknown): Sent | EmbeddingBody | undefined {
  if (!isFields(json)) return undefined;
  const kind = /\/(chat\/completions|completions|responses|embeddings)\/?$/.exec(path)?.[1];
  if (kind === undefined) return undefined;
  const body = chatBody(path, json);
  const read = readBody(body);
  if (read === undefined || (read.kind === "embedding") !== (kind === "embeddings"))
    return undefined;
  if (read.kind === "embedding") return read;
  const raw = Array.isArray(body.messages) ? body.messages : [];
  return {
    ...read,
    tools: read.tools.map(({ name }) => name),
    messages: read.messages.map((message, at) => ({ ...message, ...callsOf(raw[at]) })),
    wantsJson: wantsJson(json),
    isSampled: Number(json.temperature ?? 0) > 0 || Number(json.n ?? 1) > 1,
  };
}

/** A body in the form of one for chat, with its pictures and sounds named. */
export function chatBody(path: string, json: Fields): Fields {
  return /\/responses\/?$/.test(path) ? asChat(json) : withPartsNamed(json);
}

function callsOf(message: unknown): Pick<SentMessage, "asks" | "answers"> {
  if (!isFields(message)) return { asks: [] };
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  const answers = message.role === "tool" ? String(message.tool_call_id ?? "") : undefined;
  return {
    asks: calls.map((call) => String(call?.id ?? "")),
    ...(answers !== undefined && { answers }),
  };
}

function wantsJson({ response_format: chat, text }: Fields): boolean {
  const format = isFields(chat) ? chat : isFields(text) ? text.format : undefined;
  return isFields(format) && /^json_/.test(String(format.type));
}

/** A body of the responses API in the form of one for chat. */
function asChat(body: Fields): Fields {
  const { model, instructions, input, previous_response_id: earlier, tools } = body;
  const items = typeof input === "string" ? [{ role: "user", content: input }] : input;
  const messages = [
    ...(typeof instructions === "string" ? [{ role: "system", content: instructions }] : []),
    ...(typeof earlier === "string" ? [kept(`response ${earlier}`)] : []),
    ...(Array.isArray(items) ? items.filter(isFields).flatMap(messageOf) : []),
  ];
  const named = Array.isArray(tools)
    ? tools.map((tool) => ({ function: { name: tool?.name ?? tool?.type } }))
    : [];
  return { model, messages, tools: named };
}

function messageOf(item: Fields): Fields[] {
  const id = item.call_id;
  switch (item.type) {
    case "function_call": {
      const call = { id, function: { name: item.name, arguments: item.arguments } };
      return [{ role: "assistant", content: "", tool_calls: [call] }];
    }
    case "function_call_output":
      return [{ role: "tool", tool_call_id: id, content: named(item.output) }];
    case "item_reference":
      return [kept(`item ${item.id}`)];
    case "reasoning":
      return [];
    default:
      return [{ role: item.role, content: named(item.content) }];
  }
}

/** What the provider adds to a prompt from its own store. */
const kept = (what: string) => ({
  role: "assistant",
  content: `(${what}, which the provider keeps)`,
});

/** Chat messages with their pictures and sounds named, which are too long to be shown. */
function withPartsNamed(body: Fields): Fields {
  if (!Array.isArray(body.messages)) return body;
  const messages = body.messages.filter(isFields).map((message) => ({
    ...message,
    content: named(message.content),
  }));
  return { ...body, messages };
}

function named(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return content.map((part) =>
    isFields(part) && typeof part.text !== "string" ? { text: `[${part.type}]` } : part,
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
