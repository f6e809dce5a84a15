// Exercise 3: a template
//
// A workshop has its repair letters written by a model. Customers type what they like, also
// braces and dollar signs, and the letter must show the form {"ref": "…"} that the office's
// program reads. Sometimes a value is missing: then nothing may be sent at all.
//
// Fill in `customer`, `device` and `fault`. The prompt must have each value word for word,
// and {"ref": "<device>"} with its braces. Where a value is undefined, throw an error.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  customer?: string;
  device?: string;
  fault?: string;
}

export async function letter({ model, customer, device, fault }: Given) {
  const prompt = `Write to ${customer} about ${device}: ${fault}. End with ref ${device}.`;
  const reply = await model.invoke(prompt);
  return String(reply.content);
}
