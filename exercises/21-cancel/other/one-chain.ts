import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { RunnableSequence } from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  article: string;
  language: string;
  signal: AbortSignal;
}

export async function summarise({ model, article, language, signal }: Given) {
  const chain = RunnableSequence.from([
    PromptTemplate.fromTemplate("In one sentence: {article}"),
    model,
    new StringOutputParser(),
    (summary: string) => ({ summary, language }),
    PromptTemplate.fromTemplate("In {language}, please: {summary}"),
    model,
    new StringOutputParser(),
  ]);
  let text = "";
  for await (const piece of await chain.stream({ article }, { signal }))
    text += piece;
  return text;
}
