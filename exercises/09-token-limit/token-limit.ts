// Exercise 9: a limit in tokens
//
// A garden centre's assistant runs on a small model: its prompt may have `limit` tokens, the
// question included, and a longer one is cut without a word. `countTokens` counts a text. The
// conversation is in `history`: at times a list in the program, at times a database, which
// hands out a new array at each `getMessages()`. The memory below can only shorten the first,
// counts with a counter of its own, and does not count the question.
//
// Send the question, and before it the newest earlier messages, whole and without a gap: as many
// as fit. Half an exchange may stay out. Add the question and its reply to `history`, and
// return the reply's text. Nothing has to be deleted from `history`.
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

export async function answer({ model, history, limit, question }: Given) {
  const memory = new ConversationTokenBufferMemory({
    llm: model,
    maxTokenLimit: limit,
    chatHistory: history,
    returnMessages: true,
    memoryKey: "earlier",
  });
  const { earlier } = await memory.loadMemoryVariables({});
  const reply = await model.invoke([...earlier, ["user", question]]);
  const text = String(reply.content);
  await memory.saveContext({ input: question }, { output: text });
  return text;
}
