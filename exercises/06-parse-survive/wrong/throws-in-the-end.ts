// says: Your code threw SyntaxError
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

export async function read({ model, mail }: Given) {
  const ask = async () => {
    const reply = await model.invoke(`Cake and pieces, as JSON: ${mail}`);
    const order = JSON.parse(String(reply.content));
    if (!Number.isInteger(order.pieces)) throw new Error("Not a number.");
    return order;
  };
  return ask().catch(ask);
}
