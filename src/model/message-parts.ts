import { type Fields, isFields } from "./told.ts";

/** A call of a tool, or a piece of one, as OpenAI sends it. */
export interface ToolCall {
  index: number;
  id?: string;
  type: "function";
  function: { name?: string; arguments: string };
}

/**
 * What a message, or a piece of one, says: its answer, its thought, its refusal, its calls of
 * tools.
 */
export interface MessageParts {
  text: string;
  thought: string;
  refusal: string;
  calls: Fields[];
}

/** Reads a message or a delta, in whichever shape a server sends it. */
export function partsOf(message: unknown, beside?: unknown): MessageParts {
  const parts: MessageParts = { text: "", thought: "", refusal: "", calls: [] };
  if (isFields(message)) {
    take(message.content, parts);
    // Servers that send the thought under two names send it twice.
    const thoughts = [message.reasoning_content, message.reasoning, message.thinking];
    parts.thought += thoughts.map(textIn).find((text) => text !== "") ?? "";
    if (parts.thought === "") parts.thought = textIn(message.reasoning_details);
    parts.refusal += textIn(message.refusal);
    const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
    parts.calls = calls.filter(isFields);
    if (isFields(message.function_call)) parts.calls.push({ function: message.function_call });
  }
  if (parts.text === "" && typeof beside === "string") parts.text = beside;
  return parts;
}

function take(content: unknown, parts: MessageParts): void {
  if (Array.isArray(content)) for (const part of content) take(part, parts);
  else if (!isFields(content)) parts.text += textIn(content);
  else if (/think|reason/i.test(String(content.type ?? ""))) parts.thought += textIn(content);
  else if (content.type === "refusal") parts.refusal += textIn(content);
  else parts.text += textIn(content);
}

/** The text in a string, a number, a list or a part of any kind. */
function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(textIn).join("");
  if (!isFields(value)) return "";
  const named = ["text", "thinking", "reasoning", "summary", "refusal", "content", "value"];
  return named.map((name) => textIn(value[name])).find((text) => text !== "") ?? "";
}

/** Gives the calls of one reply their index, id and type, where the server left them out. */
export class CallNumbers {
  readonly #ids: (string | undefined)[] = [];

  number(call: Fields): ToolCall {
    const given = isFields(call.function) ? call.function : call;
    const name = typeof given.name === "string" && given.name !== "" ? given.name : undefined;
    const id = typeof call.id === "string" && call.id !== "" ? call.id : undefined;
    const index = this.#indexOf(call.index, id, name);
    const isFirst = this.#ids[index] === undefined;
    const own = id ?? (isFirst ? `call_${index + 1}` : undefined);
    if (isFirst) this.#ids[index] = own;
    return {
      index,
      ...(isFirst && { id: own }),
      type: "function",
      function: { ...(name !== undefined && { name }), arguments: argumentsIn(given.arguments) },
    };
  }

  #indexOf(index: unknown, id: string | undefined, name: string | undefined): number {
    if (typeof index === "number") return index;
    const known = id === undefined ? -1 : this.#ids.indexOf(id);
    if (known >= 0) return known;
    const isNew = id !== undefined || name !== undefined || this.#ids.length === 0;
    return isNew ? this.#ids.length : this.#ids.length - 1;
  }
}

function argumentsIn(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
