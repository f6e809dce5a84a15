// says: There was room for
import type { BaseChatMessageHistory } from "@langchain/core/chat_history";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  history: BaseChatMessageHistory;
  limit: number;
  countTokens: (text: string) => number;
  question: string;
}

export async function answer({ model, history, question }: Given) {
  const { text } = await model.invoke(question);
  await history.addUserMessage(question);
  await history.addAIMessage(text);
  return text;
}
