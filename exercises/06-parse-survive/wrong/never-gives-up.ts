// says: requests were sent for one mail, and two are the most
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

export async function read({ model, mail }: Given) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const reply = await model.invoke(`Cake and pieces, as JSON: ${mail}`);
    try {
      const order = JSON.parse(String(reply.content));
      if (typeof order.pieces === "number") return order;
    } catch {}
  }
  return null;
}
