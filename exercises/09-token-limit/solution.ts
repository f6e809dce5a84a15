import type { BaseChatMessageHistory } from "@langchain/core/chat_history";
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  trimMessages,
} from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  history: BaseChatMessageHistory;
  limit: number;
  countTokens: (text: string) => number;
  question: string;
}

export async function answer({
  model,
  history,
  limit,
  countTokens,
  question,
}: Given) {
  const asked = new HumanMessage(question);
  // What is sent is chosen anew for each prompt, from all that is kept. So it does not matter
  // whether the history can be shortened, and the question is counted like all the rest.
  const prompt = await trimMessages([...(await history.getMessages()), asked], {
    maxTokens: limit,
    strategy: "last",
    startOn: "human",
    tokenCounter: (messages: BaseMessage[]) =>
      messages.reduce((sum, { text }) => sum + countTokens(text), 0),
  });
  const reply = await model.invoke(prompt);
  await history.addMessages([asked, new AIMessage(reply.text)]);
  return reply.text;
}
