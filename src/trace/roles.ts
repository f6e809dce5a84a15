import type { Origin, PromptMessage, PromptPart } from "./events.ts";

/** A message as it stands in the body of a request. */
export interface WireMessage {
  role: string;
  /** with the calls of tools that it asks for */
  content: string;
  /** those calls, with which the content ends */
  called?: string;
  name?: string;
}

/** A prompt of which nothing is known but the roles: each message has one origin. */
export function promptByRole(messages: readonly WireMessage[]): PromptMessage[] {
  const lastInput = messages.findLastIndex((message) => message.role === "user");
  return messages.map((message, at) => ({
    role: roleOf(message.role),
    ...(message.name !== undefined && { name: message.name }),
    parts: partsByRole(message, at === lastInput),
  }));
}

/** A message in one part, or in two where it asks for tools. */
export function partsByRole(
  { role, content, called = "" }: WireMessage,
  isLastInput: boolean,
): PromptPart[] {
  const origin = originByRole(role, isLastInput);
  if (called === "") return [{ origin, text: content }];
  const said = content.slice(0, -called.length);
  const call: PromptPart = { origin: "call", text: called };
  return said === "" ? [call] : [{ origin, text: said }, call];
}

function originByRole(role: string, isLastInput: boolean): Origin {
  if (role === "system" || role === "developer") return "template";
  if (role === "tool") return "result";
  return isLastInput ? "input" : "history";
}

export function roleOf(role: string): PromptMessage["role"] {
  if (role === "developer") return "system";
  return role === "system" || role === "assistant" || role === "tool" ? role : "user";
}
