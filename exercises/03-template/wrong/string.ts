// says: threw no error
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  customer?: string;
  device?: string;
  fault?: string;
}

export async function letter({ model, customer, device, fault }: Given) {
  const reply = await model.invoke(
    `Write to ${customer} about ${device}: ${fault}. End with {"ref": "${device}"}.`,
  );
  return String(reply.content);
}
