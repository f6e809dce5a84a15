import { InMemoryChatMessageHistory } from "@langchain/core/chat_history";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  first: string;
  second: string;
}

export async function answer({ model, first, second }: Given) {
  const history = new InMemoryChatMessageHistory();
  let text = "";
  for (const question of [first, second]) {
    await history.addUserMessage(question);
    text = "";
    for await (const chunk of await model.stream(await history.getMessages()))
      text += chunk.content;
    await history.addAIMessage(text);
  }
  return text;
}
