// says: With a history like a database's, the prompt
import { ConversationTokenBufferMemory } from "@langchain/classic/memory";
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
  const memory = new ConversationTokenBufferMemory({
    llm: Object.assign(Object.create(model), {
      getNumTokens: async (text: string) => countTokens(text),
    }),
    // The prefixes of the lines count too.
    maxTokenLimit: limit - countTokens(question),
    chatHistory: history,
    returnMessages: true,
    memoryKey: "earlier",
  });
  const kept = await memory.chatHistory.getMessages();
  const size = () => kept.reduce((sum, { text }) => sum + countTokens(text), 0);
  while (size() > memory.maxTokenLimit) kept.shift();
  const { earlier } = await memory.loadMemoryVariables({});
  const { text } = await model.invoke([...earlier, ["user", question]]);
  await history.addUserMessage(question);
  await history.addAIMessage(text);
  return text;
}
