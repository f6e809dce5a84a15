import type { TextMessage } from "./protocol.ts";

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
