import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  rules: string;
  question: string;
}

export async function answer({ model, rules, question }: Given) {
  const prompt = ChatPromptTemplate.fromMessages([
    ["system", "{rules}"],
    ["user", "{question}"],
  ]);
  return prompt
    .pipe(model)
    .pipe(new StringOutputParser())
    .invoke({ rules, question });
}
