// says: and a newer one was left out
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
  let room = limit - countTokens(question);
  const sent: [string, string][] = [["user", question]];
  for (const { type, text } of (await history.getMessages()).toReversed()) {
    if (countTokens(text) > room) continue;
    room -= countTokens(text);
    sent.unshift([type, text]);
  }
  const { text } = await model.invoke(sent);
  await history.addUserMessage(question);
  await history.addAIMessage(text);
  return text;
}
