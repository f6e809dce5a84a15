import { promptTokens } from "../offline/count.ts";
import type { Call } from "./types.ts";

/**
 * The tokens of a prompt's messages, counted as the offline endpoint counts them, and OpenAI;
 * what describes tools comes on top there.
 */
export function countPrompt(
  { api, messages }: Pick<Call, "api" | "messages">,
  countTokens: (text: string) => number,
): number {
  // A text that is to be continued stands alone, between no marks of who speaks.
  if (api === "completions")
    return messages.reduce((sum, { content }) => sum + countTokens(content), 0);
  const turn = messages.map(({ role, content, toolCalls }) => ({
    role,
    content,
    calls: toolCalls,
  }));
  return promptTokens({ messages: turn }, countTokens);
}
