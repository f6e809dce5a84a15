import { LLMChain, SimpleSequentialChain } from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  product: string;
}

export async function slogan({ model, product }: Given): Promise<string> {
  const link = (template: string) =>
    new LLMChain({ llm: model, prompt: PromptTemplate.fromTemplate(template) });
  const chain = new SimpleSequentialChain({
    chains: [
      link("Name a company that makes {product}."),
      link("A slogan for {name}:"),
    ],
  });
  const { output } = await chain.invoke({ input: product });
  return output;
}
