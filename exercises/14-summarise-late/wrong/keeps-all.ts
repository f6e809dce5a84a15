// says: 12 earlier messages word for word
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

const messages: { role: "user" | "assistant"; content: string }[] = [];

export async function answer({ model, question }: Given) {
  messages.push({ role: "user", content: question });
  const reply = await model.invoke(messages);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
