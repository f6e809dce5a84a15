// says: An exchange after the order number was not sent.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  orderNumber: string;
  question: string;
}

export async function answer({ model, orderNumber, question }: Given) {
  const reply = await model.invoke(`Order number: ${orderNumber}\n${question}`);
  return String(reply.content);
}
