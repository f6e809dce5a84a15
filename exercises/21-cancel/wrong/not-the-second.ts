// says: during call 2, and its connection stayed open
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  article: string;
  language: string;
  signal: AbortSignal;
}

export async function summarise({ model, article, language, signal }: Given) {
  const summary = await model.invoke(`Summarise: ${article}`, { signal });
  const reply = await model.invoke(`Into ${language}: ${summary.text}`);
  return reply.text;
}
