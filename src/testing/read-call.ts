import { isFields } from "../model/told.ts";
import { textOf } from "../trace/wire.ts";
import { chatBody } from "../xray/sent.ts";
import type { Call, EmbeddingCall, Message } from "./types.ts";

type Fields = Record<string, unknown>;
type Asked = Pick<Call, "api" | "model" | "messages" | "prompt" | "tools" | "body">;

/** Reads a request by its path; undefined for one that asks for no reply and no vectors. */
export function readRequest(
  path: string,
  body: unknown,
): { call: Asked } | { embedding: EmbeddingCall } | undefined {
  const kind = /\/(chat\/completions|completions|responses|embeddings)\/?$/.exec(path)?.[1];
  if (kind === undefined || !isFields(body)) return undefined;
  const model = String(body.model ?? "");
  if (kind === "embeddings") {
    const texts = [body.input].flat().map((text) => (typeof text === "string" ? text : "[tokens]"));
    return { embedding: { model, texts } };
  }
  const messages = messagesIn(path, body);
  const tools = Array.isArray(body.tools) ? body.tools.map(toolName) : [];
  const api = kind === "chat/completions" ? "chat" : (kind as Call["api"]);
  return { call: { api, model, messages, prompt: promptOf(messages), tools, body } };
}

function messagesIn(path: string, body: Fields): Message[] {
  const { messages, prompt } = chatBody(path, body);
  if (Array.isArray(messages)) return messages.filter(isFields).map(messageOf);
  return [{ role: "user", content: [prompt ?? ""].flat().map(String).join("\n") }];
}

function messageOf({ role, content, name, tool_calls: calls, tool_call_id: id }: Fields): Message {
  const toolCalls = Array.isArray(calls) ? calls.filter(isFields).map(callOf) : [];
  return {
    role: String(role),
    content: textOf(content),
    ...(typeof name === "string" && { name }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(id !== undefined && { toolCallId: String(id) }),
  };
}

function callOf({ id, function: called }: Fields) {
  const { name, arguments: given } = isFields(called) ? called : {};
  return { id: String(id ?? ""), name: String(name), arguments: String(given ?? "") };
}

const toolName = (tool: { name?: unknown; type?: unknown; function?: { name?: unknown } }) =>
  String(tool?.function?.name ?? tool?.name ?? tool?.type);

function promptOf(messages: readonly Message[]): string {
  return messages.map((message) => `${message.role}: ${textIn(message)}`).join("\n");
}

/** The text of a message, with the tools that it calls. */
export function textIn({ content, toolCalls = [] }: Message): string {
  const calls = toolCalls.map(({ name, arguments: given }) => `→ ${name}(${given})`);
  return [content, ...calls].filter((text) => text !== "").join("\n");
}
