// says: and a prompt was sent all the same
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
  if (!customer || !device || !fault) throw new Error("a value is missing");
  return String(reply.content);
}
