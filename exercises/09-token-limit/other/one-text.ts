import type { BaseChatMessageHistory } from "@langchain/core/chat_history";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  history: BaseChatMessageHistory;
  limit: number;
  countTokens: (text: string) => number;
  question: string;
}

/** Whole exchanges, as lines of one text, while the whole text is within the limit. */
export async function answer(given: Given) {
  const { model, history, limit, countTokens, question } = given;
  const lines = (await history.getMessages()).map(({ type, text }) =>
    type === "human" ? `Customer: ${text}` : `Garden centre: ${text}`,
  );
  const promptFrom = (first: number) =>
    [...lines.slice(first), `Customer: ${question}`].join("\n");
  let first = lines.length;
  while (first >= 2 && countTokens(promptFrom(first - 2)) <= limit) first -= 2;
  const { text } = await model.invoke(promptFrom(first));
  await history.addUserMessage(question);
  await history.addAIMessage(text);
  return text;
}
