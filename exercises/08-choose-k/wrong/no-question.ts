// says: The question is not in the prompt.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  exchanges: { customer: string; shop: string }[];
  orderNumber: string;
}

export async function answer({ model, exchanges, orderNumber }: Given) {
  const told = exchanges.findIndex(({ customer }) =>
    customer.includes(orderNumber),
  );
  const lines = exchanges
    .slice(told)
    .map(({ customer, shop }) => `${customer}\n${shop}`);
  return String((await model.invoke(lines.join("\n"))).content);
}
