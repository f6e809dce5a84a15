// Exercise 21: cancel
//
// An online magazine writes a summary of an article and translates it, while the reader waits.
// Some readers press Stop. The page then aborts `signal`, but the program goes on: it lets the
// model write to the end, sends the second prompt too, and the magazine pays for both.
//
// When `signal` is aborted, the connection of the call that is under way must close, nothing
// more may be sent, and `summarise` throws an error. Otherwise it returns the translation.
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

  const summary = await link("Summarise this article:\n{article}").invoke({
    article,
  });
  return link("Translate into {language}:\n{summary}").invoke({
    language,
    summary,
  });
}
