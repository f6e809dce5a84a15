// says: A part of a message was sent
import type { BaseChatMessageHistory } from "@langchain/core/chat_history";
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
  const words = (await history.getMessages())
    .map(({ text }) => text)
    .join("\n")
    .split(" ");
  const promptOf = () => `${words.join(" ")}\n${question}`;
  while (countTokens(promptOf()) > limit) words.shift();
  const { text } = await model.invoke(promptOf());
  await history.addUserMessage(question);
  await history.addAIMessage(text);
  return text;
}
