import { ConversationChain } from "@langchain/classic/chains";
import { ConversationSummaryMemory } from "@langchain/classic/memory";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

const prompt = PromptTemplate.fromTemplate(
  `Extend the summary by the new lines. Repeat every reference number exactly.
Summary: {summary}
New lines: {new_lines}
New summary:`,
);

let chain: ConversationChain | undefined;

export async function answer({ model, question }: Given) {
  chain ??= new ConversationChain({
    llm: model,
    memory: new ConversationSummaryMemory({ llm: model, prompt }),
  });
  const { response } = await chain.invoke({ input: question });
  return response;
}
