// says: The end of the conversation is missing
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
    endOn: "human",
    includeSystem: true,
  });
  return (await model.invoke(sent)).text;
}
