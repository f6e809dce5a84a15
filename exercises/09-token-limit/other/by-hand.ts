import type { BaseChatMessageHistory } from "@langchain/core/chat_history";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  history: BaseChatMessageHistory;
  limit: number;
  countTokens: (text: string) => number;
  question: string;
}

/** Takes messages from the end while there is room; half an exchange may stay. */
export async function answer(given: Given) {
  const { model, history, limit, countTokens, question } = given;
  let room = limit - countTokens(question);
  const messages = await history.getMessages();
  let from = messages.length;
  while (from > 0) {
    room -= countTokens(String(messages[from - 1]?.content));
    if (room < 0) break;
    from -= 1;
  }
  const sent = [...messages.slice(from), ["user", question] as const];
  let text = "";
  for await (const chunk of await model.stream(sent as never))
    text += chunk.text;
  await history.addUserMessage(question);
  await history.addAIMessage(text);
  return text;
}
