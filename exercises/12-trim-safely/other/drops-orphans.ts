import {
  AIMessage,
  type BaseMessage,
  isAIMessage,
  isToolMessage,
} from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

/** Cuts anywhere, and then goes on to where no result has lost its call. */
export async function answer({ model, messages, most }: Given) {
  const [system = new AIMessage(""), ...talk] = messages;
  const kept = talk.slice(-(most - 1));
  while (hasOrphan(kept)) kept.shift();
  const pieces: string[] = [];
  for await (const chunk of await model.stream([system, ...kept]))
    pieces.push(chunk.text);
  return pieces.join("");
}

function hasOrphan(messages: BaseMessage[]): boolean {
  const calls = messages
    .filter(isAIMessage)
    .flatMap((message) => message.tool_calls?.map(({ id }) => id) ?? []);
  return messages
    .filter(isToolMessage)
    .some((message) => !calls.includes(message.tool_call_id));
}
