import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  customer?: string;
  device?: string;
  fault?: string;
}

export async function letter({ model, ...values }: Given) {
  const given = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  );
  const prompt = ChatPromptTemplate.fromMessages([
    ["system", 'End each letter with {{"ref": "{device}"}}'],
    ["user", "Write to {customer}. The fault of {device}: {fault}"],
  ]);
  return prompt.pipe(model).pipe(new StringOutputParser()).invoke(given);
}
