// says: The last message has the role "system".
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  rules: string;
  question: string;
}

export async function answer({ model, rules, question }: Given) {
  const reply = await model.invoke([
    { role: "system", content: `${rules}\n${question}` },
  ]);
  return String(reply.content);
}
