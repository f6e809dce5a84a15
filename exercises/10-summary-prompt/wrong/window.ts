// says: no hidden call
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let lines: string[] = [];

export async function answer({ model, question }: Given) {
  lines.push(`Customer: ${question}`);
  const reply = await model.invoke(lines.join("\n"));
  lines.push(`Shop: ${reply.text}`);
  lines = lines.slice(-6);
  return reply.text;
}
