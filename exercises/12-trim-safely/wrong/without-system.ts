// says: does not begin with the system message
import { type BaseMessage, trimMessages } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

export async function answer({ model, messages, most }: Given) {
  const sent = await trimMessages(messages, {
    maxTokens: most,
    tokenCounter: (list) => list.length,
    strategy: "last",
    startOn: "human",
  });
  return (await model.invoke(sent)).text;
}
