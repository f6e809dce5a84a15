import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { RunnableLambda, RunnableMap } from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

/** A branch for each question; one that fails gives null in place of a text. */
export async function review({ model, contract, questions }: Given) {
  const link = PromptTemplate.fromTemplate("{contract}\n\n{question}")
    .pipe(model)
    .pipe(new StringOutputParser());
  const branches = Object.entries(questions).map(([name, question]) => [
    name,
    RunnableLambda.from((contract: string) =>
      link.invoke({ contract, question }).catch(() => null),
    ),
  ]);
  const found: Record<string, string | null> = await RunnableMap.from(
    Object.fromEntries(branches),
  ).invoke(contract);

  const entries = Object.entries(found);
  return {
    answers: Object.fromEntries(entries.filter(([, text]) => text !== null)),
    failed: entries.filter(([, text]) => text === null).map(([name]) => name),
  };
}
