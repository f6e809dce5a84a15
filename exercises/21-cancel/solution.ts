import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  article: string;
  language: string;
  signal: AbortSignal;
}

export async function summarise({ model, article, language, signal }: Given) {
  const link = (template: string) =>
    PromptTemplate.fromTemplate(template)
      .pipe(model)
      .pipe(new StringOutputParser());

  // A provider stops writing, and counting, when the connection closes. Only what holds the
  // connection can close it, so the signal has to reach each call, not only this function.
  const summary = await link("Summarise this article:\n{article}").invoke(
    { article },
    { signal },
  );
  return link("Translate into {language}:\n{summary}").invoke(
    { language, summary },
    { signal },
  );
}
