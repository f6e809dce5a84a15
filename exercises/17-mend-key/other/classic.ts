import { LLMChain, SequentialChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

/** The constructor of SequentialChain compares the keys before anything is sent. */
export async function reply({ model, review }: Given): Promise<string> {
  const link = (template: string, outputKey: string) =>
    new LLMChain({
      llm: model,
      prompt: PromptTemplate.fromTemplate(template),
      outputKey,
    });
  const chain = new SequentialChain({
    chains: [
      link("Translate into English: {review}", "english"),
      link("Summarise: {english}", "summary"),
      link("Review: {review}\nSummary: {summary}\nAnswer it.", "answer"),
    ],
    inputVariables: ["review"],
    outputVariables: ["answer"],
  });
  const { answer } = await chain.invoke({ review });
  return answer;
}
