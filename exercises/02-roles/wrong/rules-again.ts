// says: The last message is not the question as it was asked
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  rules: string;
  question: string;
}

export async function answer({ model, rules, question }: Given) {
  const reply = await model.invoke([
    { role: "system", content: rules },
    { role: "user", content: `${rules} ${question}` },
  ]);
  return String(reply.content);
}
