// says: during call 1, and another prompt was sent all the same
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  article: string;
  language: string;
  signal: AbortSignal;
}

export async function summarise({ model, article, language, signal }: Given) {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const work = async () => {
    const summary = await model.invoke(`Summarise: ${article}`);
    const reply = await model.invoke(`Into ${language}: ${summary.text}`);
    return reply.text;
  };
  return Promise.race([work(), stopped]);
}
