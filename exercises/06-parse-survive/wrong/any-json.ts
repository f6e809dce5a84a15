// says: A reply with a word for the number
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

export async function read({ model, mail }: Given) {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const reply = await model.invoke(`Cake and pieces, as JSON: ${mail}`);
    try {
      return JSON.parse(String(reply.content));
    } catch {}
  }
  return null;
}
