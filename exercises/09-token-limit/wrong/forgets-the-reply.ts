// says: The reply was not added to `history`

import type { BaseChatMessageHistory } from "@langchain/core/chat_history";
import { trimMessages } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  history: BaseChatMessageHistory;
  limit: number;
  countTokens: (text: string) => number;
  question: string;
}

export async function answer(given: Given) {
  const { model, history, limit, countTokens, question } = given;
  await history.addUserMessage(question);
  const prompt = await trimMessages(await history.getMessages(), {
    maxTokens: limit,
    strategy: "last",
    tokenCounter: (messages) =>
      messages.reduce((sum, { text }) => sum + countTokens(text), 0),
  });
  return (await model.invoke(prompt)).text;
}
