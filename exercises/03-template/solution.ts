import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  customer?: string;
  device?: string;
  fault?: string;
}

const PROMPT = PromptTemplate.fromTemplate(
  'Write to {customer} about {device}: {fault}. End with {{"ref": "{device}"}}.',
);

export async function letter({ model, customer, device, fault }: Given) {
  // A template asks whether it was handed each key, not whether the value is any good, and an
  // "undefined" in a paid prompt is found weeks later. So the values are looked at here.
  if (customer === undefined || device === undefined || fault === undefined)
    throw new Error("The letter lacks the customer, the device or the fault.");
  const reply = await PROMPT.pipe(model).invoke({ customer, device, fault });
  return String(reply.content);
}
