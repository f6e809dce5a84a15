import type { ChatTool, JsonSchema, TextMessage, ToolChoice, Turn } from "./protocol.ts";

/** A message's content as both APIs send it, as text. */
export function textOf(
  content: string | readonly { text?: string; refusal?: string }[] | null | undefined,
): string {
  if (typeof content === "string") return content;
  return (content ?? []).map(({ text, refusal }) => text ?? refusal ?? "").join("");
}

/** What a request says of its tools: some may be left out, one may be named. */
export type Chosen = ToolChoice | { mode: "auto" | "required"; names: readonly string[] };

/**
 * The tools that may be called, and whether one must be.
 *
 * @param refuse told the name of a function that is to be called and is not there
 */
export function chosenFrom(
  tools: readonly ChatTool[],
  chosen: Chosen | null | undefined,
  refuse: (name: string) => never,
): Pick<Turn, "tools" | "choice"> {
  if (!chosen) return { tools };
  if (typeof chosen === "string") return { tools, choice: chosen };
  if ("mode" in chosen) {
    const allowed = tools.filter((tool) => chosen.names.includes(tool.function.name));
    return { tools: allowed, choice: chosen.mode };
  }
  const { name } = chosen.function;
  if (!tools.some((tool) => tool.function.name === name)) refuse(name);
  return { tools, choice: chosen };
}

/**
 * The form that a reply is to have.
 *
 * @param schema of "json_schema"
 * @param refuse called where any object will do and no message speaks of JSON, as OpenAI demands
 */
export function formatOf(
  type: "text" | "json_object" | "json_schema" | undefined,
  schema: JsonSchema | undefined,
  messages: readonly TextMessage[],
  refuse: () => never,
): Pick<Turn, "format"> {
  if (type === "json_schema") return { format: schema };
  if (type !== "json_object") return {};
  if (!messages.some(({ content }) => /json/i.test(content))) refuse();
  return { format: "json" };
}

/**
 * The messages with the name of the tool that each tool's message comes from.
 *
 * @param refuse told what is wrong: an answer to no call, or a call without an answer, by its id
 */
export function withToolNames(
  messages: readonly TextMessage[],
  refuse: (wrong: "no call" | "no answer", id: string, at: number) => never,
): TextMessage[] {
  const open = new Map<string, string>();
  const named = messages.map((message, at) => {
    const { role, callId = "", calls = [] } = message;
    if (role === "tool") {
      const tool = open.get(callId) ?? refuse("no call", callId, at);
      open.delete(callId);
      return { ...message, tool };
    }
    const [unanswered] = open.keys();
    if (unanswered !== undefined && calls.length === 0) refuse("no answer", unanswered, at);
    for (const { id, name } of calls) open.set(id, name);
    return message;
  });
  const [unanswered] = open.keys();
  if (unanswered !== undefined) refuse("no answer", unanswered, messages.length);
  return named;
}
