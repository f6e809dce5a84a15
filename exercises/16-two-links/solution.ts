import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { RunnableSequence } from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  product: string;
}

export async function slogan({ model, product }: Given): Promise<string> {
  const link = (template: string) =>
    PromptTemplate.fromTemplate(template)
      .pipe(model)
      .pipe(new StringOutputParser());

  // The name goes in as a value, not as a part of the template: braces in it stay braces.
  const chain = RunnableSequence.from([
    link(
      "What is a good name for a company that makes {product}? Reply with the name.",
    ),
    (name: string) => ({ name }),
    link("Write a slogan for the company {name}."),
  ]);
  return chain.invoke({ product });
}
