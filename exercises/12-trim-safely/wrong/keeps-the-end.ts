// says: a tool's message whose call was cut off
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
    includeSystem: true,
  });
  return (await model.invoke(sent)).text;
}
