// says: 3 requests were sent for one question
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let summary = "";

export async function answer({ model, question }: Given) {
  const reply = await model.invoke(`${summary}\n\nCustomer: ${question}`);
  const said = `${summary}\nCustomer: ${question}\nShop: ${reply.text}`;
  const numbers = await model.invoke(`List the order numbers:\n${said}`);
  const written = await model.invoke(`Summarise this talk:\n${said}`);
  summary = `${numbers.text}\n${written.text}`;
  return reply.text;
}
