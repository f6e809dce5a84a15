// says: The second reply was right
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

export async function read({ model, mail }: Given) {
  const reply = await model.invoke(`Cake and pieces, as JSON: ${mail}`);
  try {
    return JSON.parse(String(reply.content));
  } catch {
    return null;
  }
}
