// says: There was room for one turn more
import type { BaseMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

export async function answer({ model, messages }: Given) {
  const [system] = messages;
  const from = messages.findLastIndex(({ type }) => type === "human");
  const last = messages.slice(from);
  const reply = await model.invoke(system ? [system, ...last] : last);
  return reply.text;
}
