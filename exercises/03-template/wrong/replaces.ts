// says: is not in the prompt word for word
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  customer?: string;
  device?: string;
  fault?: string;
}

const TEMPLATE =
  'Write to CUSTOMER about DEVICE: FAULT. End with {"ref": "DEVICE"}.';

export async function letter({ model, customer, device, fault }: Given) {
  if (!customer || !device || !fault) throw new Error("a value is missing");
  const prompt = TEMPLATE.replaceAll("DEVICE", device)
    .replace("CUSTOMER", customer.replace(/[{}]/g, ""))
    .replace("FAULT", fault);
  const reply = await model.invoke(prompt);
  return String(reply.content);
}
