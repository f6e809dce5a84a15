// says: There is no summary that knows it
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let messages: { role: "user" | "assistant"; content: string }[] = [];

export async function answer({ model, question }: Given) {
  messages.push({ role: "user", content: question });
  const reply = await model.invoke(messages);
  messages.push({ role: "assistant", content: reply.text });
  messages = messages.slice(-10);
  return reply.text;
}
