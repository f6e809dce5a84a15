// says: during call 1, and its connection stayed open
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  article: string;
  language: string;
  signal: AbortSignal;
}

export async function summarise({ model, article, language, signal }: Given) {
  signal.throwIfAborted();
  const summary = await model.invoke(`Summarise: ${article}`);
  signal.throwIfAborted();
  const reply = await model.invoke(`Into ${language}: ${summary.text}`);
  signal.throwIfAborted();
  return reply.text;
}
