import { type BaseMessage, trimMessages } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

export async function answer({ model, messages, most }: Given) {
  // A call and its results stand in one turn, so a list that begins at a customer's message has
  // both or neither. `startOn` alone would do for the tools; without `includeSystem` the rules
  // of the shop would be the first thing to go.
  const sent = await trimMessages(messages, {
    maxTokens: most,
    tokenCounter: (list: BaseMessage[]) => list.length,
    strategy: "last",
    startOn: "human",
    includeSystem: true,
  });
  return (await model.invoke(sent)).text;
}
