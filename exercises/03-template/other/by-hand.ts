import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  customer?: string;
  device?: string;
  fault?: string;
}

export async function letter({ model, customer, device, fault }: Given) {
  if (customer === undefined || device === undefined || fault === undefined)
    throw new TypeError("customer, device and fault must all be given");
  const ref = `{"ref": "${device}"}`;
  const reply = await model.invoke(
    `${customer} has ${device}, which ${fault}. End with ${ref}`,
  );
  return String(reply.content);
}
