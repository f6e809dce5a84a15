import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  rules: string;
  question: string;
}

export async function answer({ model, rules, question }: Given) {
  // Models are trained to follow the system message where a user message contradicts it, so
  // rules stand there, apart from words that a stranger typed.
  const reply = await model.invoke([
    { role: "system", content: rules },
    { role: "user", content: question },
  ]);
  return String(reply.content);
}
