// says: The first message has the role "user".
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  rules: string;
  question: string;
}

export async function answer({ model, rules, question }: Given) {
  const reply = await model.invoke(`${rules} ${question}`);
  return String(reply.content);
}
