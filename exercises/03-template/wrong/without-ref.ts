// says: with its braces
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  customer?: string;
  device?: string;
  fault?: string;
}

export async function letter({ model, customer, device, fault }: Given) {
  const prompt = PromptTemplate.fromTemplate(
    "Write to {customer} about {device}: {fault}.",
  );
  const reply = await prompt.pipe(model).invoke({ customer, device, fault });
  return String(reply.content);
}
