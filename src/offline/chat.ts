import {
  type ChatRequest,
  type Completion,
  idOf,
  schemaOf,
  type ToolUse,
  textMessages,
  toolsOf,
} from "./protocol.ts";
import { respond } from "./tutor/skills.ts";

/** The tutor's whole reply to a request, with its usage as OpenAI counts it. */
export async function completeChat(
  request: ChatRequest,
  countTokens: (text: string) => number,
): Promise<Completion> {
  const messages = textMessages(request);
  const answer = await respond(messages, { ...toolsOf(request), schema: schemaOf(request) });
  const toolUse = typeof answer === "string" ? undefined : answer;
  const full = typeof answer === "string" ? untilStop(answer, [request.stop ?? []].flat()) : "";
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  const text = shorten(full, limit, countTokens);
  // OpenAI counts three tokens of wrapping for each message, and three for the start of the reply.
  const prompt = messages.reduce(
    (sum, { role, content }) => sum + 3 + countTokens(role) + countTokens(content),
    3,
  );
  const completion = countTokens(toolUse ? callText(toolUse) : text);
  return {
    id: idOf(request),
    model: request.model,
    text,
    toolUse,
    finish: toolUse ? "tool_calls" : text === full ? "stop" : "length",
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
    },
  };
}

const callText = ({ name, arguments: given }: ToolUse) => `${name}(${JSON.stringify(given)})`;

function untilStop(text: string, stops: string[]): string {
  const ends = stops.filter((stop) => stop !== "").map((stop) => text.indexOf(stop));
  const first = Math.min(...ends.filter((end) => end >= 0), text.length);
  return text.slice(0, first);
}

/** As many words as fit the limit. */
function shorten(text: string, limit: number, countTokens: (text: string) => number): string {
  if (countTokens(text) <= limit) return text;
  const words = text.match(/\s*\S+/g) ?? [];
  while (words.length > 0 && countTokens(words.join("")) > limit) words.pop();
  return words.join("");
}
