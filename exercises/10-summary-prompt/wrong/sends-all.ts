// says: An exchange older than the last four was sent
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

const said: string[] = [];

export async function answer({ model, question }: Given) {
  said.push(`Customer: ${question}`);
  const reply = await model.invoke(said.join("\n"));
  said.push(`Shop: ${reply.text}`);
  return reply.text;
}
