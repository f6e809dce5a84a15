import type { SeenMessage, SeenRequest } from "../check.ts";

/** A request as checks see it. */
export async function seen(request: Request, place: number): Promise<SeenRequest> {
  const body = parsed(await request.text());
  const messages = (body.messages ?? []).map(messageOf);
  return {
    place,
    path: new URL(request.url).pathname,
    model: body.model ?? "",
    messages,
    prompt: messages.map(({ text }: SeenMessage) => text).join("\n"),
    isStream: body.stream === true,
    tools: (body.tools ?? []).map((tool: { function?: { name: string } }) => tool.function?.name),
    schema: body.response_format?.json_schema,
    body,
    signal: request.signal,
  };
}

interface WireMessage {
  role: string;
  content?: string | { text?: string }[] | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

function messageOf({ role, content, tool_calls, tool_call_id }: WireMessage): SeenMessage {
  const parts = Array.isArray(content) ? content.map(({ text }) => text ?? "") : [content ?? ""];
  return {
    role,
    text: parts.join(""),
    calls: (tool_calls ?? []).map(({ id, function: one }) => ({ id, ...one })),
    callId: tool_call_id,
  };
}

function parsed(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
