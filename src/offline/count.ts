import type { Reply, Turn } from "./protocol.ts";

/**
 * The tokens of a prompt: as OpenAI counts, three of wrapping for each message, and three for the
 * start of the reply; and what describes the tools, as it was sent.
 */
export function promptTokens(
  { messages, tools = [] }: Pick<Turn, "messages"> & Partial<Pick<Turn, "tools">>,
  countTokens: (text: string) => number,
): number {
  const described = tools
    .flatMap(({ function: { name, description, parameters } }) => [
      name,
      description ?? "",
      JSON.stringify(parameters ?? {}),
    ])
    .reduce((sum, text) => sum + countTokens(text), 0);
  return messages.reduce(
    (sum, { role, content, calls = [] }) =>
      sum + 3 + countTokens(role) + countTokens(content) + tokensOf(calls, countTokens),
    3 + described,
  );
}

/** The tokens of calls of functions: their names and arguments. */
export const tokensOf = (calls: Reply["calls"], countTokens: (text: string) => number) =>
  calls.reduce((sum, call) => sum + countTokens(call.name) + countTokens(call.arguments), 0);
