import { LLMChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  article: string;
  language: string;
  signal: AbortSignal;
}

/** Classic chains look for the signal among the values. */
export async function summarise({ model, signal, ...values }: Given) {
  const link = (template: string) =>
    new LLMChain({ llm: model, prompt: PromptTemplate.fromTemplate(template) });
  signal.throwIfAborted();
  const { text: summary } = await link("Summarise: {article}").invoke({
    ...values,
    signal,
  });
  const { text } = await link("Into {language}: {summary}").invoke({
    ...values,
    summary,
    signal,
  });
  return text;
}
